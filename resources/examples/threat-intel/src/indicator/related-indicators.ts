/** What else tells something about an indicator: a URL's host, a mailbox's domain, and the domains above a domain. */
import { guessIndicator, type Indicator } from './indicator';

/** How a feed's entry fits what was asked for. */
export type MatchKind = 'exact' | 'range' | 'parent_domain' | 'host' | 'mail_domain';

export interface Related {
  readonly indicator: Indicator;
  readonly kind: MatchKind;
}

/** The indicator itself first, then what is ever further from it. */
export function relatedIndicators(indicator: Indicator): Related[] {
  const { type, value } = indicator;
  const related: Related[] = [{ indicator, kind: 'exact' }];
  if (type === 'domain') related.push(...parentsOf(value));
  if (type === 'email') related.push(...hostOf(value.slice(value.lastIndexOf('@') + 1), 'mail_domain'));
  if (type === 'url') related.push(...hostOf(new URL(value).hostname, 'host'));
  return related;
}

function hostOf(name: string, kind: MatchKind): Related[] {
  const host = guessIndicator(name);
  if (host === undefined) return [];
  return [{ indicator: host, kind }, ...(host.type === 'domain' ? parentsOf(host.value) : [])];
}

/** Up to two labels: what is listed there is `evil.example`, never `example`. */
function parentsOf(domain: string): Related[] {
  const labels = domain.split('.');
  return Array.from({ length: Math.max(0, labels.length - 2) }, (_, index) => ({
    indicator: { type: 'domain' as const, value: labels.slice(index + 1).join('.') },
    kind: 'parent_domain' as const,
  }));
}
