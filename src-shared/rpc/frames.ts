/** What goes over a port. Each frame is checked where it arrives, before anything else reads it. */
import { type Static, Type } from 'typebox';

const id = Type.Integer({ minimum: 1 });
const name = Type.String({ pattern: '^[a-z][A-Za-z]*\\.[a-z][A-Za-z]*$' });

export const RequestFrameSchema = Type.Union([
  Type.Object({ kind: Type.Literal('call'), id, name, params: Type.Unknown() }),
  Type.Object({ kind: Type.Literal('subscribe'), name }),
  Type.Object({ kind: Type.Literal('unsubscribe'), name }),
]);
export type RequestFrame = Static<typeof RequestFrameSchema>;

export const WireErrorSchema = Type.Object({
  code: Type.String(),
  message: Type.String(),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export const ResponseFrameSchema = Type.Union([
  Type.Object({ kind: Type.Literal('result'), id, value: Type.Unknown() }),
  Type.Object({ kind: Type.Literal('error'), id, error: WireErrorSchema }),
  Type.Object({ kind: Type.Literal('event'), name, value: Type.Unknown() }),
]);
export type ResponseFrame = Static<typeof ResponseFrameSchema>;
