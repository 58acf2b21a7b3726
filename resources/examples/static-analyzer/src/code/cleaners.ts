/**
 * What a call does to input on its way: takes the danger out of it for one kind of sink or for all, or hands it on.
 * Any other call returns something of its own: a row of a database is not the request that asked for it.
 */

/** What input can be dangerous to. */
export type SinkKind = 'command' | 'code' | 'sql' | 'path' | 'url' | 'html' | 'object';

/** The result is a number, a truth value, a known entry of a table, or a digest. */
const HARMLESS =
  /(?:^|[.\s])(?:int|float|bool|len|Number|parseInt|parseFloat|Boolean|isNaN|isinstance|typeof|UUID|ObjectId|Integer\.parseInt|Integer\.valueOf|Long\.parseLong|Long\.valueOf|UUID\.fromString|strconv\.Atoi|strconv\.ParseInt|strconv\.ParseUint|uuid\.Parse|intval|is_numeric|ctype_digit|in_array|has|includes|contains|containsKey|indexOf|test|some|every|sha256|sha512|hexdigest|compare_digest)$/;

const CLEANERS: Readonly<Record<SinkKind, RegExp>> = {
  command: /(?:^|\.)(?:shlex\.)?(?:quote|shellescape|escapeshellarg|escapeshellcmd|shell_quote|shellQuote)$/,
  code: /(?:^|\.)(?:literal_eval|JSON\.stringify|json\.dumps|json_encode)$/,
  sql: /(?:^|\.)(?:escape|escapeId|quote_ident|quote_literal|real_escape_string|mysqli_real_escape_string|Identifier|Literal|quoteIdentifier|escapeIdentifier|escapeLiteral)$/,
  path: /(?:^|\.|_)(?:basename|secure_filename|safe_join|base|getName|sanitize_?[fF]ile_?[nN]ame|filepath\.Base|FilenameUtils\.getName)$/i,
  url: /(?:^|\.)(?:encodeURIComponent|quote|quote_plus|urlencode|rawurlencode|QueryEscape|PathEscape|url_has_allowed_host_and_scheme|is_safe_url)$/,
  html: /(?:^|\.|_)(?:escape|escapeHtml|escapeHTML|escape_html|htmlspecialchars|htmlentities|sanitize|sanitizeHtml|encodeURIComponent|HTMLEscapeString|EscapeString|encodeForHTML|htmlEscape|strip_tags|bleach\.clean|clean|jsonify|json\.dumps|JSON\.stringify|json_encode|dumps|json|dict|list)$/,
  object: /(?:^|\.)(?:pick|_\.pick|parse|safeParse|validate)$/,
};

/** Whether nothing that is dangerous to this kind of sink comes out of the call. */
export const isCleanedBy = (callee: string, kind: SinkKind): boolean =>
  isHarmlessCall(callee) || CLEANERS[kind].test(callee);

/** Calls whose result is still the input, in another form. */
const HANDED_ON =
  /(?:^|\.)(?:str|String|bytes|unicode|trim|strip|lstrip|rstrip|lower|upper|toLowerCase|toUpperCase|toString|decode|encode|b64decode|atob|unquote|unquote_plus|urldecode|decodeURIComponent|decodeURI|unescape|base64_decode|Buffer\.from|join|concat|format|sprintf|Sprintf|Sprint|fmt\.Sprintf|String\.format|replace|replaceAll|split|slice|substring|substr|resolve|normalize|path\.join|path\.resolve|os\.path\.join|os\.path\.normpath|filepath\.Join|filepath\.Clean|Path|PurePath|Paths\.get|Path\.of|File|URL|URI|urljoin|JSON\.parse|json\.loads|json_decode|loads|list|tuple|dict|Object\.assign|Object\.entries|Object\.values|read|read_text|ReadAll|getvalue|text|await|StringBuilder|append|new String|strings\.TrimSpace|strings\.ToLower|getBytes|ByteArrayInputStream|InputStreamReader|BufferedReader|StringReader|BytesIO|StringIO|NewReader|file_get_contents|filter_var|f)$/;

/** Whether the call gives a number, a truth value or a known entry, whatever goes in. */
const isHarmlessCall = (callee: string): boolean => HARMLESS.test(callee);

/** @returns 'all' where nothing dangerous is left, the kinds it cleans for, or undefined where the input is gone. */
export function effectOfCall(callee: string): 'all' | readonly SinkKind[] | undefined {
  if (isHarmlessCall(callee)) return 'all';
  const cleans = (Object.keys(CLEANERS) as SinkKind[]).filter((kind) => CLEANERS[kind].test(callee));
  if (cleans.length > 0) return cleans;
  return HANDED_ON.test(callee) ? [] : undefined;
}
