/**
 * Scans hosts for open TCP ports, and says who answers there and what is wrong. Nothing is ever tried that
 * `allowed_targets` does not name; a scan that may not be is a failed one, with the reason.
 */
import { ScannerPlugin, type ScanRequest, type ScanResponse, type ScanType, ValidationError } from 'mcp-plugin-sdk';
import { type Finding, isAtLeast } from './finding';
import { PROFILE_NAMES, PROFILES } from './port/profiles';
import { type ScanJob, startScanJob } from './scan/scan-job';
import { planScan, type ScanPlan } from './scan/scan-plan';
import { createSlots } from './scan/slots';
import { scanEnded, scanStarted, vulnerabilityDetected } from './scan-events';
import { createScanPublisher, type ScanPublisher } from './scan-publisher';
import { type NetworkScannerConfig, readSettings, type Settings } from './settings';
import { matchHosts } from './target/host-pattern';

/** Scans that have ended can be asked for until so many others have. */
const REMEMBERED_SCANS = 50;

export class NetworkScanner extends ScannerPlugin<NetworkScannerConfig> {
  #settings: Settings = readSettings({});
  readonly #slots = createSlots(() => this.#settings.concurrency);
  readonly #running = new Map<string, ScanJob>();
  /** What is still to be published of scans that have ended. */
  readonly #finishing = new Set<Promise<void>>();
  readonly #ended = new Map<string, ScanResponse>();

  override async initialize(): Promise<void> {
    this.#applySettings();
  }

  override async shutdown(): Promise<void> {
    for (const job of this.#running.values()) job.cancel();
    await Promise.all(this.#finishing);
  }

  /** Called after `config` has the new values; scans that run keep the old ones. */
  override async onConfigChanged(): Promise<void> {
    this.#applySettings();
  }

  override getSupportedScanTypes(): ScanType[] {
    return ['network'];
  }

  override getScanProfiles(): Record<string, unknown> {
    const summarize = (name: (typeof PROFILE_NAMES)[number]) => {
      const { description, ports, probes } = PROFILES[name];
      return { description, port_count: ports.length, ports: [...ports], probes: [...probes] };
    };
    const profiles = Object.fromEntries(PROFILE_NAMES.map((name) => [name, summarize(name)]));
    return {
      default: { ...summarize(this.#settings.defaultProfile), same_as: this.#settings.defaultProfile },
      ...profiles,
    };
  }

  /** Also whether the target can be read and may be scanned. */
  override validateRequest(request: ScanRequest): boolean {
    if (!super.validateRequest(request)) return false;
    try {
      planScan(request, this.#settings);
      return true;
    } catch {
      return false;
    }
  }

  override async startScan(request: ScanRequest): Promise<ScanResponse> {
    const { maxScans } = this.#settings;
    if (!this.getSupportedScanTypes().includes(request.scan_type)) {
      return this.#refuse(request, `This scanner scans for network, not for ${request.scan_type}.`);
    }
    if (this.#running.size >= maxScans) {
      return this.#refuse(request, `${maxScans} scans are running (max_scans). Wait for one of them, or cancel it.`);
    }
    let plan: ScanPlan;
    try {
      plan = planScan(request, this.#settings);
    } catch (error) {
      return this.#refuse(request, error instanceof Error ? error.message : String(error));
    }
    return this.#start(request, plan);
  }

  override async getScanStatus(scanId: string): Promise<ScanResponse> {
    const response = this.#running.get(scanId)?.response() ?? this.#ended.get(scanId);
    if (response !== undefined) return response;
    throw new ValidationError(
      `There is no scan "${scanId}". Of those that ended, the last ${REMEMBERED_SCANS} are known.`,
    );
  }

  override async cancelScan(scanId: string): Promise<boolean> {
    return this.#running.get(scanId)?.cancel() ?? false;
  }

  #start(request: ScanRequest, plan: ScanPlan): ScanResponse {
    const { name, version } = this.getMetadata();
    const publisher = createScanPublisher(this.eventBus);
    const publishFindings = (found: readonly Finding[]) => {
      if (!this.#settings.publishFindings) return;
      for (const each of found.filter(({ severity }) => isAtLeast(severity, 'medium'))) {
        publisher.add(vulnerabilityDetected(each, job.id));
      }
    };
    const job = startScanJob(request, plan, {
      network: this.network,
      slots: this.#slots,
      settings: this.#settings,
      scanner: { name, version },
      onFindings: publishFindings,
    });
    this.#running.set(job.id, job);
    const response = job.response();
    publisher.begin(scanStarted(response, request.target, plan));
    this.logger.info(
      `Scans ${request.target}: ${plan.steps.length} ports of ${plan.hosts.length} hosts (${plan.profile})`,
    );
    const finishing = job.ended
      .then(() => this.#finish(job, publisher))
      .catch((error: unknown) => this.logger.error('The end of the scan was not published:', error))
      .finally(() => this.#finishing.delete(finishing));
    this.#finishing.add(finishing);
    return response;
  }

  async #finish(job: ScanJob, publisher: ScanPublisher): Promise<void> {
    const response = job.response();
    this.#running.delete(job.id);
    this.#remember(response);
    this.logger.info(`Scan of ${job.request.target}: ${response.status}`, response.result?.summary);
    publisher.add(scanEnded(response));
    await publisher.settled();
  }

  #refuse(request: ScanRequest, error_message: string): ScanResponse {
    const response: ScanResponse = {
      request_id: request.request_id,
      scan_id: crypto.randomUUID(),
      status: 'failed',
      progress: 0,
      current_activity: 'Refused',
      error_message,
      response_timestamp: new Date().toISOString(),
    };
    this.#remember(response);
    this.logger.warning(`The scan of ${request.target} was refused. ${error_message}`);
    return response;
  }

  #remember(response: ScanResponse): void {
    this.#ended.set(response.scan_id, response);
    if (this.#ended.size > REMEMBERED_SCANS) this.#ended.delete(this.#ended.keys().next().value!);
  }

  #applySettings(): void {
    this.#settings = readSettings(this.config);
    const { allowedTargets } = this.#settings;
    matchHosts(allowedTargets, (pattern) =>
      this.logger.warning(
        `"${pattern}" in allowed_targets is neither an address, a range nor a name; it allows nothing.`,
      ),
    );
    this.logger.info(`Scans ${allowedTargets.join(', ')}`);
  }
}
