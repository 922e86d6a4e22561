import type { Data, DataType, RecordBatch, Schema } from 'apache-arrow';
import type { OutputColumn, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Type } from '../../../stdlib/types.ts';
import { showType } from '../../../stdlib/types.ts';
import type { Batch } from '../../engine/column-view.ts';
import type { Column, Values } from './columns/column.ts';
import { leafColumn, NO_NULLS } from './columns/column.ts';
import { arrayData } from './columns/data.ts';
import type { FixedType } from './columns/layouts.ts';
import { fixedItems, isFixed } from './columns/layouts.ts';
import { boolValues, fixedValues, listValues, textValues, vectorValues } from './columns/values.ts';
import type { Arrow } from './library.ts';

/**
 * Gathers the batches of one encode unit. What comes out depends on the rows alone: the bytes that parquet-wasm writes
 * depend on the record batches that it is fed, so it gets one a unit.
 */
export type Unit = {
  /** Forgets what an abandoned shard has left. */
  clear(): void;
  append(batch: Batch): void;
  /** The unit, as views of memory that the next one overwrites. */
  take(): RecordBatch;
};

export function createUnit(arrow: Arrow, table: PhysicalTable, schema: Schema): Unit {
  const columns = table.columns.map((column, i) => {
    const type: DataType = schema.fields[i]!.type;
    return createColumn(arrow, column, type, table.unitRows);
  });
  const row = new arrow.Struct(schema.fields);
  const takeAll = (): Data[] => columns.map((column) => column.take());
  return {
    clear: takeAll,
    append(batch) {
      for (const column of columns) column.append(batch);
    },
    take() {
      const children = takeAll();
      const data = new arrow.Data(row, 0, children[0]?.length ?? 0, 0, {}, children);
      return new arrow.RecordBatch(schema, data);
    },
  };
}

function createColumn(arrow: Arrow, column: OutputColumn, type: DataType, unitRows: number): Column {
  const { body } = column;
  if (body.kind === 'leaf') {
    return leafColumn(body.step, column.nullable, unitRows, leafValues(arrow, column.type, type, unitRows));
  }
  const fields = body.fields.map((child, i) => createColumn(arrow, child, type.children[i]!.type, unitRows));
  return {
    append(batch) {
      for (const child of fields) child.append(batch);
    },
    take() {
      const children: Data[] = fields.map((child) => child.take());
      return arrayData(arrow, type, children[0]?.length ?? 0, NO_NULLS, { children });
    },
  };
}

function leafValues(arrow: Arrow, type: Type, arrowType: DataType, unitRows: number): Values {
  if (isFixed(type)) return fixedValues(fixedItems(arrow, type, arrowType, unitRows));
  switch (type.kind) {
    case 'bool':
      return boolValues(arrow, arrowType, unitRows);
    case 'text':
    case 'json':
      return textValues(arrow, arrowType, unitRows);
    case 'vector': {
      const elements = fixedItems(arrow, COMPONENT, elementType(arrowType), unitRows * type.dims);
      return vectorValues(arrow, arrowType, type.dims, elements);
    }
    case 'list':
      if (isFixed(type.of)) {
        const elements = fixedItems(arrow, type.of, elementType(arrowType), unitRows);
        return listValues(arrow, arrowType, unitRows, elements);
      }
  }
  throw new Error(`a column of type ${showType(type)} cannot be stored`);
}

const COMPONENT: FixedType = { kind: 'float', bits: 32 };

function elementType(type: DataType): DataType {
  return type.children[0]!.type;
}
