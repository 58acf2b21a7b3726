/** Contract part "Enricher": tells what is known about an indicator. */
import { BasePlugin, type CallOutcome, type CallStats } from './base-plugin';
import { CallCounter } from './call-counter';
import type { PluginConfig } from './plugin-context';
import type { EnrichmentRequest, EnrichmentResponse, EnrichmentType } from './types';

/** What `getEnrichmentStats` counts. */
export interface EnrichmentStats extends CallStats {
  enrichments_found: number;
  cache_hits: number;
}

/** Base of enrichers: implement `enrich`, `getSupportedDataTypes` and `getEnrichmentTypes`. */
export abstract class EnricherPlugin<Config extends object = PluginConfig> extends BasePlugin<Config> {
  readonly #calls = new CallCounter('enrich');
  #enrichments = 0;
  #cacheHits = 0;

  /**
   * Looks one indicator up. The platform ends the process when `request.timeout` (in seconds) has passed.
   * @throws anything: the run fails with its name, message and stack.
   */
  abstract enrich(request: EnrichmentRequest): Promise<EnrichmentResponse>;

  /** Types of indicators that `enrich` takes, such as `ip`. */
  abstract getSupportedDataTypes(): string[];

  /** What this plugin can tell. */
  abstract getEnrichmentTypes(): EnrichmentType[];

  /** Whether `data_type` is supported and `data_value` is not empty. */
  validateRequest(request: EnrichmentRequest): boolean {
    return request.data_value !== '' && this.getSupportedDataTypes().includes(request.data_type);
  }

  /** Counters since the start. */
  getEnrichmentStats(): EnrichmentStats {
    return { ...this.#calls.read(), enrichments_found: this.#enrichments, cache_hits: this.#cacheHits };
  }

  override noteCall(outcome: CallOutcome): void {
    super.noteCall(outcome);
    if (!this.#calls.note(outcome) || outcome.failed) return;
    const response = outcome.result as Partial<EnrichmentResponse> | undefined;
    this.#enrichments += response?.enrichments?.length ?? 0;
    this.#cacheHits += response?.cache_hits ?? 0;
  }
}
