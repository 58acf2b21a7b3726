/** The response to a notification: how many of its channels took it, and what those said that did not. */
import type { NotificationRequest, NotificationResponse, NotificationResult } from 'mcp-plugin-sdk';

export function toResponse(
  request: NotificationRequest,
  results: NotificationResult[],
  { version, startedAt, warnings }: { version: string; startedAt: number; warnings: string[] },
): NotificationResponse {
  const failed = results.filter(({ success }) => !success);
  const reached = results.filter(({ success, recipients = [] }) => success || recipients.length > 0);
  const status = failed.length === 0 && results.length > 0 ? 'success' : reached.length > 0 ? 'partial' : 'failed';
  return {
    request_id: request.request_id,
    notification_id: crypto.randomUUID(),
    status,
    results,
    total_channels: results.length,
    successful_channels: results.length - failed.length,
    failed_channels: failed.length,
    total_duration: (Date.now() - startedAt) / 1000,
    error_message: results.length === 0 ? 'The notification names no channel.' : failed[0]?.status_message,
    warnings,
    notifier_version: version,
    completion_timestamp: new Date().toISOString(),
  };
}
