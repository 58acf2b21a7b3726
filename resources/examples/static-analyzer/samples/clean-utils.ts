/** Small functions of the shop that do the dangerous things the safe way. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Request, Response } from 'express';

const ROOT = '/srv/reports';
const COLUMNS = { name: 'name', created: 'created_at' } as const;
const DEFAULT_TOKEN_URL = 'https://auth.shop.internal/oauth2/token';
const PASSWORD_RESET_LABEL = 'account.password.reset.title';
const apiKey = process.env.SHOP_API_KEY ?? '';

interface Database {
  query(statement: string, values: readonly unknown[]): Promise<unknown[]>;
}

/** A parameter carries the value; the column comes from a table of our own. */
export async function findOrders(db: Database, req: Request): Promise<unknown[]> {
  const sort = COLUMNS[req.query.sort as keyof typeof COLUMNS] ?? COLUMNS.name;
  return db.query(`SELECT * FROM orders WHERE customer = $1 ORDER BY ${sort}`, [req.query.customer]);
}

/** No shell: the host is one argument, whatever it holds. */
export function ping(req: Request, done: (output: string) => void): void {
  execFile('ping', ['-c', '1', String(req.query.host)], (_error, output) => done(output));
}

/** The resolved path must stay in the folder. */
export async function readReport(req: Request): Promise<string> {
  const file = path.resolve(ROOT, String(req.params.name));
  if (path.relative(ROOT, file).startsWith('..')) throw new Error('That report is not in the folder.');
  return readFile(file, 'utf8');
}

/** The tag of a cache is a checksum, not a protection. */
export const etagOf = (content: string): string => createHash('md5').update(content).digest('base64url');

export const newSessionToken = (): string => randomBytes(32).toString('base64url');

export function hashPassword(password: string, salt: Buffer, done: (key: Buffer) => void): void {
  scrypt(password, salt, 64, (_error, key) => done(key));
}

export const isSame = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);

// Never like this: eval(req.body.formula), or exec('ping ' + req.query.host).
export function evaluate(req: Request): unknown {
  return JSON.parse(String(req.body.formula));
}

/** A regular expression has an exec too. */
export const versionIn = (text: string): string | undefined => /v(\d+\.\d+)/.exec(text)?.[1];

export function greet(element: HTMLElement, req: Request, res: Response): void {
  element.innerHTML = '<b>Welcome</b>';
  element.textContent = `Hello ${req.query.name}`;
  res.set('Access-Control-Allow-Origin', 'https://shop.example').json({ hint: 'Call eval("…") never', apiKey: apiKey !== '' });
}

export const links = { token: DEFAULT_TOKEN_URL, label: PASSWORD_RESET_LABEL };

const BLOCKED = new Set(['__proto__', 'constructor', 'prototype']);

export function mergeSettings(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const key of Object.keys(source)) {
    if (!BLOCKED.has(key)) target[key] = source[key];
  }
}

export const jitter = (): number => Math.random() * 100;
