/** Contract part "Scanner": a scan is started, goes on by itself, and is asked for its status. */
import { BasePlugin, type CallOutcome, type CallStats } from './base-plugin';
import { CallCounter } from './call-counter';
import type { PluginConfig } from './plugin-context';
import type { ScanRequest, ScanResponse, ScanType } from './types';

/** Base of scanners: implement `startScan`, `getScanStatus`, `cancelScan` and `getSupportedScanTypes`. */
export abstract class ScannerPlugin<Config extends object = PluginConfig> extends BasePlugin<Config> {
  readonly #calls = new CallCounter('start_scan');

  /** Begins a scan and returns at once with its `scan_id`; the scan goes on by itself. */
  abstract startScan(request: ScanRequest): Promise<ScanResponse>;

  /**
   * How far a scan is; `result` is there when it has ended.
   * @throws ValidationError where there is no such scan.
   */
  abstract getScanStatus(scanId: string): Promise<ScanResponse>;

  /** @returns false where there is no such scan, or it has ended. */
  abstract cancelScan(scanId: string): Promise<boolean>;

  /** What this plugin can scan for. */
  abstract getSupportedScanTypes(): ScanType[];

  /** Profiles by name, with what each does; free in form. */
  getScanProfiles(): Record<string, unknown> {
    return { default: {} };
  }

  /** Whether `scan_type` is supported, `target` is not empty and the profile is offered. */
  validateRequest(request: ScanRequest): boolean {
    if (request.target === '' || !this.getSupportedScanTypes().includes(request.scan_type)) return false;
    return Object.keys(this.getScanProfiles()).includes(request.scan_profile ?? 'default');
  }

  /** Counters of started scans. */
  getScannerStats(): CallStats {
    return this.#calls.read();
  }

  override noteCall(outcome: CallOutcome): void {
    super.noteCall(outcome);
    this.#calls.note(outcome);
  }
}
