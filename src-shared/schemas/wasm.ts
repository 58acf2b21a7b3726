/** Limits of a WebAssembly plugin. */
import { type Static, Type } from 'typebox';
import { flag } from './building-blocks';

const MiB = 1024 * 1024;

export const WasmResourceLimitsSchema = Type.Object(
  {
    max_memory_bytes: Type.Optional(Type.Integer({ minimum: 65536, default: 64 * MiB })),
    max_execution_time_ms: Type.Optional(Type.Integer({ minimum: 1, default: 30_000 })),
    max_fuel: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
        description: 'Per call; null: not metered',
        default: 1_000_000,
      }),
    ),
    max_stack_size: Type.Optional(Type.Integer({ minimum: 1024, default: MiB, description: 'In bytes' })),
    enable_simd: flag('Allow 128-bit vector instructions'),
    enable_bulk_memory: flag('Allow bulk memory instructions'),
    enable_reference_types: flag('Allow reference types'),
  },
  { title: 'WasmResourceLimits' },
);
export type WasmResourceLimits = Static<typeof WasmResourceLimitsSchema>;
