/**
 * Where input from outside enters a program, per language: what a web request carries, and what a model passes to a
 * tool of an MCP server. Arguments of the command line and the environment are not here: who sets them runs the
 * program.
 */
import type { Language } from '../text/language';

/** Expressions whose value comes from a request; to be used on the bare view. */
export const REQUEST_SOURCES: Readonly<Partial<Record<Language, RegExp>>> = {
  python:
    /(?<![\w.])(?:(?:flask\.)?request|self\.request|req)\.(?:args|form|values|json|data|files|cookies|headers|query_params|path_params|GET|POST|COOKIES|FILES|META|body|query_string|match_info|stream|get_json|get_data|get_argument)\b(?:\.get(?:list)?|\.getlist)?/g,
  javascript:
    /(?<![\w.$])(?:(?:(?:ctx|context|c)\.(?:request|req)|req|request|ctx)\.(?:query|params|body|headers|cookies|rawBody|files)\b(?!\s*=(?!=))|(?:window\.|document\.|self\.)?location\.(?:hash|search|href)\b|document\.(?:URL|documentURI|referrer)\b|window\.name\b|event\.(?:queryStringParameters|pathParameters|rawQueryString)\b)/g,
  java: /(?<![\w.])(?:request|req|httpRequest|exchange)\.(?:getParameter|getParameterValues|getParameterMap|getHeader|getHeaders|getQueryString|getCookies|getInputStream|getReader|getPathInfo|getRequestURI|getRequestBody)\b/g,
  go: /(?<![\w.])(?:(?:r|req|request)\.(?:URL\.(?:Query|Path|RawQuery)|FormValue|PostFormValue|PathValue|Header\.Get|Form|PostForm|Body|Cookie)\b|mux\.Vars\b|chi\.URLParam\b|c\.(?:Query|Param|PostForm|FormValue|GetHeader|QueryParam)\b)/g,
  php: /\$_(?:GET|POST|REQUEST|COOKIE|FILES)\b|\$_SERVER\s*\[|\$request->(?:input|query|get|post|all|header|cookie)\b|php:\/\/input/g,
  csharp:
    /(?<![\w.])(?:Request|HttpContext\.Request|context\.Request)\.(?:Query|Form|QueryString|Headers|Cookies|Body|Params)\b/g,
};

/** Decorators of Python under which every parameter is input: routes of web frameworks and tools of MCP servers. */
export const HANDLER_DECORATOR =
  /^[ \t]*@(?:[\w.]{1,80}\.)?(?:route\s?\(|(?:get|post|put|patch|delete|websocket)\s?\(\s?[rf]?["'](?:\/|["'])|(?:tool|call_tool|read_resource|get_prompt)\b)/;

/** Names of parameters that carry the framework's own objects rather than input. */
export const FRAMEWORK_PARAMETER =
  /^(?:self|cls|ctx|context|db|session|conn|connection|request|req|response|background_tasks|user|current_user|settings)$/;

/** Annotations of Java under which a parameter is input. */
export const INPUT_ANNOTATION =
  /@(?:RequestParam|PathVariable|RequestBody|RequestHeader|CookieValue|QueryParam|PathParam|FormParam|HeaderParam|ToolParam)\b(?:\s{0,4}\([^()]{0,200}\))?\s{1,8}(?:final\s{1,4})?[\w.<>,[\] ]{1,80}?\s{1,4}(\w{1,60})(?=\s{0,4}[,)]|\s{0,4}$)/g;
