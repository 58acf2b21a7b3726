/**
 * The least that window and host need of what carries their messages. MessagePort, WebSocket and memory all fit
 * behind it, so nothing above knows which door a person came through.
 */
export interface Port {
  /** Sends one frame. After close it does nothing. */
  post(frame: unknown): void;
  /** Takes the one listener for frames. Frames that arrived before are handed over first. */
  onFrame(listener: (frame: unknown) => void): void;
  /** Called once when either side has closed, at once if that is already so. */
  onClose(listener: () => void): void;
  close(): void;
}
