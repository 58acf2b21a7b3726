/** Contract part "Notifier": sends a message over one or more channels. */
import { BasePlugin, type CallOutcome, type CallStats } from './base-plugin';
import { CallCounter } from './call-counter';
import type { PluginConfig } from './plugin-context';
import type { Channel, NotificationRequest, NotificationResponse } from './types';

/** Base of notifiers: implement `sendNotification` and `getSupportedChannels`. */
export abstract class NotifierPlugin<Config extends object = PluginConfig> extends BasePlugin<Config> {
  readonly #calls = new CallCounter('send_notification');

  /** Sends to every channel of the request; one that fails is a result with `success: false`, not an exception. */
  abstract sendNotification(request: NotificationRequest): Promise<NotificationResponse>;

  /** Channels that this plugin serves. */
  abstract getSupportedChannels(): Channel[];

  /** The JSON Schema of what a channel needs to be told; the default allows anything. */
  getChannelConfigSchema(_channel: Channel): Record<string, unknown> {
    return { type: 'object' };
  }

  /** Whether there is a title or a message, and at least one channel, all of them supported. */
  validateRequest(request: NotificationRequest): boolean {
    if (!request.title && !request.message) return false;
    const supported = this.getSupportedChannels();
    return request.channels.length > 0 && request.channels.every((channel) => supported.includes(channel));
  }

  /** Tries a channel with the given settings; the default says whether the channel is supported. */
  async testChannel(channel: Channel, _config: Record<string, unknown>): Promise<boolean> {
    return this.getSupportedChannels().includes(channel);
  }

  /** Counters of sent notifications. */
  getNotificationStats(): CallStats {
    return this.#calls.read();
  }

  override noteCall(outcome: CallOutcome): void {
    super.noteCall(outcome);
    this.#calls.note(outcome);
  }
}
