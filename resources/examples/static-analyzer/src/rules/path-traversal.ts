/** Paths that a request may choose. */
import { codeText, keywordArgument } from '../code/calls';
import { describeInput, findUses, type Sink } from '../code/sinks';
import type { SourceRule } from './rule';

const SINKS: readonly Sink[] = [
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:io\.|codecs\.|aiofiles\.)?open\b|(?<![\w.])(?:send_file|FileResponse|os\.(?:remove|unlink|rmdir|listdir|makedirs)|shutil\.(?:rmtree|copy|copyfile|move))\b/g,
    argument: 0,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:pathlib\.)?Path(?=\s*\([^\n]{1,200}\)\s*\.(?:read_|write_|open|unlink))/g,
    argument: 'all',
  },
  {
    languages: ['javascript'],
    callee:
      /\b(?:fs|fsp|fsPromises|promises)\.(?:readFile|readFileSync|writeFile|writeFileSync|appendFile|appendFileSync|createReadStream|createWriteStream|unlink|unlinkSync|readdir|readdirSync|rm|rmSync|open|openSync|stat|statSync)\b/g,
    argument: 0,
  },
  {
    languages: ['javascript'],
    callee: /(?<![\w$])(?:res|reply|response)\.(?:sendFile|download)\b/g,
    argument: 0,
    when: (call, { source }) => !/\broot\s*:/.test(codeText(source, call)),
  },
  {
    languages: ['java'],
    callee:
      /\bnew\s+(?:java\.io\.)?(?:File|FileInputStream|FileReader|FileOutputStream|FileWriter|RandomAccessFile)\b|\bFiles\.(?:readAllBytes|readString|newInputStream|newBufferedReader|delete|copy|lines|write)\b/g,
    argument: 'all',
  },
  {
    languages: ['go'],
    callee:
      /\b(?:os\.(?:Open|OpenFile|ReadFile|Create|Remove|RemoveAll|WriteFile)|ioutil\.(?:ReadFile|WriteFile|ReadDir)|http\.ServeFile)\b/g,
    argument: 'all',
  },
  {
    languages: ['php'],
    callee:
      /(?<![\w$>:])(?:fopen|file_get_contents|file_put_contents|readfile|file|unlink|copy|rename|opendir|scandir)\b/g,
    argument: 0,
  },
];

export const pathTraversal: SourceRule = {
  scans: 'source',
  id: 'path-traversal',
  title: 'Path from request input',
  description: 'A request chooses which file is read or written. With ".." or an absolute path it chooses any file.',
  severity: 'high',
  type: 'information_disclosure',
  cwe_ids: ['CWE-22'],
  mitre_tactics: ['collection', 'initial_access'],
  mitre_techniques: ['T1005', 'T1190'],
  remediation:
    'Take only the name (os.path.basename, secure_filename), or resolve the path and refuse it unless it stays inside your folder (Path.is_relative_to, path.relative).',
  references: [
    'https://cwe.mitre.org/data/definitions/22.html',
    'https://owasp.org/www-community/attacks/Path_Traversal',
  ],
  confidence: 0.8,
  languages: ['python', 'javascript', 'java', 'go', 'php'],
  find: (target) =>
    findUses(target, SINKS, 'path').flatMap(({ call, input }) => {
      if (input === undefined || keywordArgument(call, 'root') !== undefined) return [];
      const description = `${describeInput(target, input)} is used as a path by \`${call.callee}\`.`;
      return [{ start: call.start, end: call.end, description, confidence: input.direct ? 0.85 : 0.8 }];
    }),
};
