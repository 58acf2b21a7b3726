/** The studio itself: what it runs on, and what it remembers. */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { oneOf } from '../schemas/building-blocks';
import { RegistryStateSchema } from './limits';
import { Done, Nothing } from './shapes';

export const StudioInfoSchema = Type.Object({
  version: Type.String(),
  /** Such as "Electron 45" or "Node 20.20.2". */
  runtime: Type.String(),
  door: oneOf(['window', 'browser', 'command-line']),
  platform: Type.String(),
  /** The best isolation that this machine and runtime give a plugin. */
  isolation: Type.String(),
  dataFolder: Type.String(),
  /** Another one after the host was started again: it knows nothing of the runs and events of the one before. */
  instance: Type.String(),
});
export type StudioInfo = Static<typeof StudioInfoSchema>;

export const SettingsSchema = Type.Object({
  theme: oneOf(['system', 'dark', 'light']),
  /** The window's own arrangement, as it left it; the host only keeps it. */
  layout: Type.Optional(Type.Unknown()),
  openFolders: Type.Array(Type.String()),
});
export type Settings = Static<typeof SettingsSchema>;

export const studioService = defineService({
  name: 'studio',
  calls: {
    info: call(Nothing, StudioInfoSchema),
    readSettings: call(Nothing, SettingsSchema),
    writeSettings: call(Type.Partial(SettingsSchema), Done),
    readRegistry: call(Nothing, RegistryStateSchema),
  },
  events: {
    /** Something failed in the host that no call was waiting for. */
    didFail: Type.Object({ code: Type.String(), message: Type.String() }),
    didChangeRegistry: RegistryStateSchema,
  },
});
