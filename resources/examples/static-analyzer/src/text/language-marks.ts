/**
 * What gives a language away, for texts whose name does not. A mark that two languages share is worth little, one that
 * only one has is worth much. Languages that no rule reads have marks as well: what looks like Rust is not JavaScript.
 */
import type { Language } from './language';

interface Mark {
  readonly expression: RegExp;
  readonly worth: number;
}

/** `text`: languages, markup and prose that no rule reads. */
export type Candidate = Extract<
  Language,
  'python' | 'javascript' | 'java' | 'go' | 'php' | 'c' | 'csharp' | 'shell' | 'text'
>;

const mark = (worth: number, expression: RegExp): Mark => ({ expression, worth });

export const MARKS: Readonly<Record<Candidate, readonly Mark[]>> = {
  python: [
    mark(4, /^[ \t]*(?:async )?def \w+\([^\n]{0,300}:[ \t]*(?:#.*)?$/gm),
    mark(4, /^[ \t]*from \.{0,3}[\w.]{0,80} ?import [\w(*]/gm),
    mark(
      3,
      /^import (?!javax?\.|kotlin|org\.|com\.|scala)[a-z_][\w.]{0,60}(?: as \w+)?(?:, ?[\w.]+)*[ \t]*(?:#.*)?$/gm,
    ),
    mark(4, /^if __name__ ==/gm),
    mark(
      2,
      /^[ \t]*(?:elif \S.*|except(?: \(?[\w., ]+\)?(?: as \w+)?)?|for \w[\w, ]* in [\w.]+.*|(?:async )?with [\w.]+\(.*|class \w+(?:\([\w.=, ]*\))?):[ \t]*$/gm,
    ),
    mark(
      3,
      /^[ \t]*(?:if|while) (?:not )?[\w.]+(?:\(.*\)|\[.*\])?(?: (?:==|!=|in|is|not in|<|>|and|or) .*)?:[ \t]*$/gm,
    ),
    mark(3, /\b(?:os\.(?:system|popen|environ)|subprocess\.\w+|hashlib\.\w+|pickle\.loads?|yaml\.(?:safe_)?load)\b/g),
    mark(2, /\brequest\.(?:args|form|json|values|files|GET|POST)\b/g),
    mark(2, /^[ \t]*[rf]?"""/gm),
    mark(1, /\bself\.\w|__\w+__|\b(?:None|True|False)\b/g),
    mark(1, /^@\w[\w.]*(?:\(.*\))?[ \t]*$/gm),
  ],
  javascript: [
    mark(5, /^[ \t]*import (?:type )?[\w*{][^;"']{0,300}\bfrom ["'][^"'\n]+["']/gm),
    mark(3, /^import '[^'\n]+';?[ \t]*$/gm),
    mark(4, /\b(?:const|let|var) [\w{][^=\n]{0,200}=\s*(?:await import|require)\(/g),
    mark(2, /\brequire\(["'`]/g),
    mark(4, /^export (?:default|const|async|interface|type|abstract|\{|\*)/gm),
    mark(4, /\bmodule\.exports\b|^exports\.\w+ =/gm),
    mark(2, /^[ \t]*(?:const|let) (?:\w+(?:: ?[\w<>[\]|. ]+)?|[{[][^\n=]*[}\]])\s*=[^=]/gm),
    mark(2, /\bfunction\s*\*?\s*\w*\s*\([\w\s,={}[\].:?<>|]{0,300}\)[^\n]{0,60}\{/g),
    mark(2, /\)(?:: [\w<>[\]]+)? => |[=(,:?] ?\w+ => /g),
    mark(3, /\bconsole\.(?:log|error|warn|info)\(|\bprocess\.(?:env|argv)\b|\bJSON\.(?:parse|stringify)\(/g),
    mark(3, /\breq(?:uest)?\.(?:query|body|params|headers)\b|\bres\.(?:send|json|redirect|status|end)\(/g),
    mark(3, /\b(?:document|window|location|globalThis)\.[a-zA-Z]+|\bnew (?:Function|Promise)\(/g),
    mark(2, /\b(?:app|router|server)\.(?:get|post|use|tool|listen)\(/g),
    mark(1, /[!=]==|`[^`\n]*\$\{|\bawait \w|\btypeof \w|\b(?:undefined|null)\b/g),
  ],
  java: [
    mark(6, /^package [\w.]+;/gm),
    mark(4, /^import (?:static )?[\w.]+(?:\.\*)?;/gm),
    mark(5, /^import (?:static )?(?:javax?|kotlinx?|scala|org|com|android)\.[\w.]+(?:\.\*|\._)?[ \t]*$/gm),
    mark(5, /^package \w+(?:\.\w+)+[ \t]*$/gm),
    mark(
      3,
      /\bpublic\s+(?:static\s+|final\s+|abstract\s+|sealed\s+)*(?:class|interface|enum|record|@interface)\s+\w+/g,
    ),
    mark(
      3,
      /\b(?:private|public|protected)\s+(?:static\s+|final\s+)*[\w<>[\], ]{1,60}\s\w+\s*\([^;{)\n]{0,300}\)\s*(?:throws [\w, .]+)?\s*\{/g,
    ),
    mark(4, /\bSystem\.(?:out|err)\.print|\bString\[\] args\b|^[ \t]*@Override\b|\bRuntime\.getRuntime\(\)/gm),
    mark(2, /^[ \t]*(?:final )?(?:String|boolean|Integer|Object|List<\w+>|Map<[\w, ]+>) \w+ = /gm),
    mark(2, /\)\s*throws \w+|\b(?:response|request)\.(?:getParameter|sendRedirect|getWriter)\b/g),
    mark(3, /^[ \t]*(?:data class|fun) \w+[<(]|^[ \t]*override fun /gm),
    mark(2, /\b[A-Z]\w+(?:<[\w, <>]*>)? \w+ = (?:new [A-Z]|[A-Z]\w+\.get)/g),
  ],
  csharp: [
    mark(5, /^[ \t]*using (?:static )?[A-Z][\w.]*;/gm),
    mark(3, /^[ \t]*namespace [A-Z][\w.]*\s*[;{]?[ \t]*$/gm),
    mark(
      4,
      /\bConsole\.(?:Write|Read)|\{ get; (?:private |protected )?(?:set|init);|\bHttpContext\b|\bSqlCommand\(|\bBinaryFormatter\b/g,
    ),
    mark(3, /^[ \t]*\[(?:Http(?:Get|Post|Put|Delete)|ApiController|Serializable|Route|Authorize)\b/gm),
    mark(
      3,
      /\bpublic\s+(?:static\s+|sealed\s+|abstract\s+|partial\s+|async\s+)*(?:class|interface|enum|record|struct)\s+\w+[^\n{]*\n[ \t]*\{/g,
    ),
    mark(
      2,
      /\basync Task\b|\bstring\??\s+\w+\s*[=,)]|\bvar \w+ = new [A-Z]|\b(?:internal|sealed|readonly) (?:class|static|record)\b/g,
    ),
  ],
  go: [
    mark(5, /^package \w+[ \t]*(?:\/\/.*)?$/gm),
    mark(5, /^import \($|^import (?:\w+ )?"[\w./-]+"[ \t]*$/gm),
    mark(
      4,
      /^func (?:\(\w* ?\*?\w+(?:\[\w+\])?\) )?\w+(?:\[[^\]\n]+\])?\([^)\n]*\)(?!\s*(?:->|throws))[^\n]*\{[ \t]*$/gm,
    ),
    mark(5, /\bif (?:\w+ := .*; )?err != nil\b|\bfunc\(\w+ http\.ResponseWriter\b/g),
    mark(
      3,
      /\bfmt\.(?:Print|Sprint|Fprint|Errorf)|\bhttp\.(?:HandleFunc|ListenAndServe|Error)\(|\bexec\.Command(?:Context)?\(/g,
    ),
    mark(4, /^type \w+ (?:struct|interface) \{/gm),
    mark(2, /^[ \t]*[\w, ]+ := |\bdefer \w/gm),
  ],
  php: [
    mark(9, /<\?(?:php\b|=)/g),
    mark(3, /\$_(?:GET|POST|REQUEST|COOKIE|SERVER|FILES|SESSION)\b/g),
    mark(2, /^[ \t]*\$\w+ = [^\n]*;[ \t]*$|\$this->\w/gm),
    mark(2, /\bfunction \w*\([^)\n]*\$\w+/g),
  ],
  c: [
    mark(6, /^[ \t]*#[ \t]*include\s*[<"]/gm),
    mark(3, /^[ \t]*#[ \t]*(?:ifdef|ifndef|pragma once|define \w+\(?)/gm),
    mark(4, /\bint main\s*\(|\bstd::\w+|\btemplate\s*<(?:typename|class) /g),
    mark(
      2,
      /^[ \t]*(?:static |extern |const |unsigned |inline )*(?:int|char|void|size_t|float|struct \w+)\s+\*{0,2}\w+\s*(?:\(|;|\[|=)/gm,
    ),
    mark(2, /\b(?:printf|malloc|strcpy|strcat|sprintf|memcpy|memset|free|strlen)\s*\(/g),
  ],
  shell: [
    mark(4, /^[ \t]*(?:if|elif|while|until) \[\[?\s.+\s\]\]?\s*(?:;\s*(?:then|do))?[ \t]*$/gm),
    mark(3, /^[ \t]*(?:fi|esac|done)[ \t]*$/gm),
    mark(3, /^(?:export [A-Za-z_]\w*=|set -[euxo]+|\w+\(\) \{)/gm),
    mark(2, /^[ \t]*(?:echo|sudo|apt-get|curl|wget|chmod|mkdir|cd|rm|grep|docker|git|npm|pip) [-\w"'$/.]/gm),
    mark(2, /(?:=|\s)"?\$\([a-z]|"\$\{?\w+\}?"|"\$@"/g),
  ],
  text: [
    mark(6, /^[ \t]*(?:pub(?:\(\w+\))? )?fn \w+[<(]|^(?:pub )?(?:use|mod) \w+(?:::[\w{*]|;)|\blet mut \w|^impl\b/gm),
    mark(3, /^[ \t]*(?:end|begin|rescue|ensure|module [A-Z]\w*|attr_\w+ .*|require '[^'\n]+')[ \t]*$/gm),
    mark(4, /^[ \t]*def \w+[?!]?(?:\([^\n)]*\))?[ \t]*$/gm),
    mark(4, /^(?:import (?:Foundation|UIKit|SwiftUI)|[ \t]*(?:func \w+\(.*\) (?:throws )?-> |guard let ))/gm),
    mark(4, /^[ \t]*(?:my|our) [$@%]\w|^use (?:strict|warnings);|^sub \w+ ?\{/gm),
    mark(4, /^[ \t]*local (?:function )?\w+|^[ \t]*[\w.:]+ = function\(|\bthen[ \t]*$/gm),
    mark(8, /^<(?:template|script|style)\b/gim),
    mark(4, /^(?:SELECT|CREATE (?:TABLE|INDEX)|INSERT INTO|ALTER TABLE|BEGIN TRANSACTION)\b/gim),
    mark(3, /^(?:#{2,6} \S|\[[^\]\n]+\]: ?http|={4,}[ \t]*$)/gm),
    mark(3, /^(?:diff --git|@@ -\d+|--- a\/|\+\+\+ b\/)/gm),
  ],
};
