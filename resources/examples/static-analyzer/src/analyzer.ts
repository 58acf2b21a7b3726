/**
 * Finds injection, secrets, weak cryptography and poisoned MCP tools in a text. The platform hands over the content,
 * so the plugin needs no permission; it calls `analyze` once for every file.
 */
import {
  type AnalysisRequest,
  type AnalysisResponse,
  AnalyzerPlugin,
  SEVERITIES,
  type VulnerabilityResult,
} from 'mcp-plugin-sdk';
import { isIncluded } from './path-pattern';
import { RULES } from './rules';
import { type ScanOutcome, scan } from './scan';
import { readSettings, type Settings, type StaticAnalyzerConfig } from './settings';
import { priorityOf } from './severity';

const TARGET_TYPES = ['source_code', 'config_file', 'mcp_tools'];

export class StaticAnalyzer extends AnalyzerPlugin<StaticAnalyzerConfig> {
  #settings: Settings = readSettings({});

  override async initialize(): Promise<void> {
    this.#applySettings();
  }

  /** Called after `config` has the new values; the next analysis uses them. */
  override async onConfigChanged(): Promise<void> {
    this.#applySettings();
  }

  override getSupportedTypes(): string[] {
    return [...TARGET_TYPES];
  }

  override getRulesInfo(): Record<string, unknown> {
    const rules = [...RULES, ...this.#settings.customPatterns].map(
      ({ id, title, description, severity, type, cwe_ids, confidence, remediation, references }) => {
        const enabled = !this.#settings.disabledRules.has(id);
        const help = { remediation, references };
        return { id, title, description, severity, vulnerability_type: type, cwe_ids, confidence, enabled, ...help };
      },
    );
    return { total_rules: rules.length, rules };
  }

  override async analyze(request: AnalysisRequest): Promise<AnalysisResponse> {
    const startedAt = Date.now();
    const { content, filename } = request.target_data;
    if (content === undefined) {
      return this.#answer(request, startedAt, {
        status: 'error',
        error_message: 'The request has no target_data.content. This analyzer reads no files: hand it the text.',
      });
    }
    const name = filename ?? request.target_data.file_path ?? 'untitled';
    if (!isIncluded(name, request.include_patterns ?? [], request.exclude_patterns ?? [])) {
      return this.#answer(request, startedAt, {
        status: 'success',
        warnings: [`${name} is left out by the patterns of the request.`],
      });
    }
    const outcome = scan({
      filename: name,
      content,
      expectTools: request.target_type === 'mcp_tools',
      depth: request.analysis_depth ?? 'standard',
      settings: this.#settings,
      reporter: { name: this.pluginId, timestamp: new Date().toISOString() },
    });
    if (this.#settings.publishEvents) await this.#publish(outcome.findings);
    return this.#answer(request, startedAt, {
      status: 'success',
      vulnerabilities: [...outcome.findings],
      summary: summarize(outcome),
      files_analyzed: 1,
      rules_executed: outcome.rulesExecuted,
      warnings: [...outcome.warnings],
    });
  }

  #applySettings(): void {
    this.#settings = readSettings(this.config);
    for (const problem of this.#settings.problems) this.logger.warning(problem);
    const { severityThreshold, disabledRules, customPatterns } = this.#settings;
    const count = RULES.length + customPatterns.length - disabledRules.size;
    this.logger.info(`${count} rules are ready; findings from ${severityThreshold} up are reported`);
  }

  async #publish(findings: readonly VulnerabilityResult[]): Promise<void> {
    for (const {
      title,
      location,
      severity,
      cwe_ids,
      vulnerability_id,
      vulnerability_type,
      custom_fields,
    } of findings) {
      await this.eventBus.publish({
        event_type: 'security.vulnerability_detected',
        event_name: title,
        priority: priorityOf(severity),
        severity,
        category: 'security',
        subcategory: vulnerability_type,
        data: { title, file: location?.file, line: location?.line, severity, cwe: cwe_ids?.[0], vulnerability_id },
        tags: ['static-analysis', String(custom_fields?.rule_id)],
      });
    }
  }

  #answer(
    request: AnalysisRequest,
    startedAt: number,
    answer: Partial<AnalysisResponse> & Pick<AnalysisResponse, 'status'>,
  ): AnalysisResponse {
    return {
      request_id: request.request_id,
      analysis_duration: (Date.now() - startedAt) / 1000,
      analyzer_version: this.getMetadata().version,
      completion_timestamp: new Date().toISOString(),
      ...answer,
    };
  }
}

function summarize({ findings, suppressed }: ScanOutcome): Record<string, unknown> {
  const bySeverity = Object.fromEntries(
    SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]),
  );
  return { total: findings.length, by_severity: bySeverity, suppressed };
}
