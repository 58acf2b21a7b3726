/** XML parsers that fetch what a document names. */
import { findPatterns, type Pattern } from './find-patterns';
import type { SourceRule } from './rule';

const PATTERNS: readonly Pattern[] = [
  { languages: ['python'], expression: /\bXMLParser\s?\([^)\n]{0,160}\bresolve_entities\s?=\s?True\b/g },
  { languages: ['javascript'], expression: /\bparseXml(?:String)?\s?\([^;\n]{0,160}\bnoent\s?:\s?true\b/g },
  { languages: ['php'], expression: /\bLIBXML_NOENT\b|\blibxml_disable_entity_loader\s?\(\s?false/g },
  {
    languages: ['java'],
    expression:
      /\b(?:DocumentBuilderFactory|SAXParserFactory|XMLInputFactory)\.new(?:Instance|Factory|DefaultFactory)\s?\(/g,
    refine: (_, { source }) =>
      /\b(?:disallow-doctype-decl|FEATURE_SECURE_PROCESSING|SUPPORT_DTD|external-general-entities|ACCESS_EXTERNAL_DTD)\b/.test(
        source.code,
      )
        ? undefined
        : { severity: 'medium', confidence: 0.6 },
  },
];

export const xmlExternalEntities: SourceRule = {
  scans: 'source',
  id: 'xml-external-entities',
  title: 'XML with external entities',
  description:
    'A document can name files and addresses that the parser then reads: it discloses files and reaches into the network.',
  severity: 'high',
  type: 'information_disclosure',
  cwe_ids: ['CWE-611'],
  mitre_tactics: ['initial_access', 'collection'],
  mitre_techniques: ['T1190', 'T1005'],
  remediation:
    'Forbid document types and external entities: defusedxml in Python, the feature disallow-doctype-decl in Java.',
  references: [
    'https://cwe.mitre.org/data/definitions/611.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html',
  ],
  confidence: 0.85,
  languages: ['python', 'javascript', 'php', 'java'],
  find: (target) => findPatterns(target, PATTERNS),
};
