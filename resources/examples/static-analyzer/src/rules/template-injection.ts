/** Templates that are written by a request: the template language runs code. */
import { describeInput, findUses, type Sink } from '../code/sinks';
import type { SourceRule } from './rule';

const SINKS: readonly Sink[] = [
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:flask\.)?render_template_string\b|(?<![\w.])(?:jinja2\.|mako\.template\.)?Template\b|\b(?:env|environment)\.from_string\b/g,
    argument: 0,
    needs: /\b(?:flask|jinja2|mako)\b/,
  },
  {
    languages: ['javascript'],
    callee:
      /\b(?:ejs\.(?:render|compile)|pug\.(?:render|compile)|[hH]andlebars\.compile|nunjucks\.renderString|_\.template)\b/g,
    argument: 0,
  },
];

export const templateInjection: SourceRule = {
  scans: 'source',
  id: 'template-injection',
  title: 'Template from request input',
  description:
    'A request writes part of a template. Template languages reach the objects of the program, and run code.',
  severity: 'critical',
  type: 'code_injection',
  cwe_ids: ['CWE-1336'],
  mitre_tactics: ['execution', 'initial_access'],
  mitre_techniques: ['T1190', 'T1059'],
  remediation: 'Keep templates in files and pass input as variables: render_template("hello.html", name=name).',
  references: [
    'https://cwe.mitre.org/data/definitions/1336.html',
    'https://owasp.org/www-project-web-security-testing-guide/v42/4-Web_Application_Security_Testing/07-Input_Validation_Testing/18-Testing_for_Server-side_Template_Injection',
  ],
  confidence: 0.93,
  languages: ['python', 'javascript'],
  find: (target) =>
    findUses(target, SINKS, 'html').flatMap(({ call, input }) =>
      input === undefined
        ? []
        : [
            {
              start: call.start,
              end: call.end,
              description: `${describeInput(target, input)} becomes part of the template that \`${call.callee}\` runs.`,
            },
          ],
    ),
};
