/**
 * What one side offers the other: calls with the schema of their parameters and result, and events with the schema
 * of their value. The definition is the only description; both sides' types and checks follow from it.
 */
import type { Static, TSchema } from 'typebox';
import type { Dispose, Listenable } from './emitter';

export interface CallDefinition<Params extends TSchema = TSchema, Result extends TSchema = TSchema> {
  readonly params: Params;
  readonly result: Result;
}

export interface ServiceDefinition<
  Calls extends Record<string, CallDefinition> = Record<string, CallDefinition>,
  Events extends Record<string, TSchema> = Record<string, TSchema>,
> {
  readonly name: string;
  readonly calls: Calls;
  readonly events: Events;
}

export const call = <Params extends TSchema, Result extends TSchema>(params: Params, result: Result) => ({
  params,
  result,
});

export const defineService = <Calls extends Record<string, CallDefinition>, Events extends Record<string, TSchema>>(
  definition: ServiceDefinition<Calls, Events>,
) => definition;

export type ParamsOf<Definition extends ServiceDefinition, Name extends keyof Definition['calls']> = Static<
  Definition['calls'][Name]['params']
>;
export type ResultOf<Definition extends ServiceDefinition, Name extends keyof Definition['calls']> = Static<
  Definition['calls'][Name]['result']
>;
export type EventOf<Definition extends ServiceDefinition, Name extends keyof Definition['events']> = Static<
  Definition['events'][Name]
>;

/** The side that answers: one function a call, one source an event. */
export interface Service<Definition extends ServiceDefinition> {
  readonly calls: {
    readonly [Name in keyof Definition['calls']]: (
      params: ParamsOf<Definition, Name>,
    ) => Promise<ResultOf<Definition, Name>> | ResultOf<Definition, Name>;
  };
  readonly events: {
    readonly [Name in keyof Definition['events']]: Listenable<EventOf<Definition, Name>>;
  };
}

/** The side that asks. */
export type ServiceClient<Definition extends ServiceDefinition> = {
  readonly [Name in keyof Definition['calls']]: (
    params: ParamsOf<Definition, Name>,
  ) => Promise<ResultOf<Definition, Name>>;
} & {
  on<Name extends keyof Definition['events'] & string>(
    event: Name,
    listener: (value: EventOf<Definition, Name>) => void,
  ): Dispose;
};

/** Says what is wrong with a value, or undefined where it fits the schema. */
export type Check = (schema: TSchema, value: unknown) => string | undefined;
