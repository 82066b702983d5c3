/** What of SQLAlchemy, SQLModel and Flask-SQLAlchemy a value stands for. */
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isMember, isSubscript } from '../shared/python/values.ts';

const libraries =
  /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|geoalchemy2|pgvector|sqlalchemy_\w+|fastapi_utils|advanced_alchemy|citext|alembic)(?:\.|$)/;

export interface Names {
  /** Dotted path of something outside of the workspace, seen through instances of the workspace's own subclasses: `db.Column`. */
  path(value: PyValue | undefined): string | null;
  /** Last name of the path where it belongs to one of the libraries: `Column`, `mapped_column`, `JSONB`. */
  api(value: PyValue | undefined): string | null;
  /** Of what a call calls. */
  called(value: PyValue | undefined): string | null;
  isCallOf(value: PyValue | undefined, ...names: readonly string[]): value is PyCall;
}

export function createNames(evaluator: Evaluator): Names {
  function path(value: PyValue | undefined, depth = 0): string | null {
    if (value === undefined || depth > 12) return null;
    if (isSubscript(value)) return path(value.object, depth + 1);
    if (isMember(value) && !isClass(value.object)) {
      const object = path(value.object, depth + 1);
      return object === null ? null : `${object}.${value.name}`;
    }
    if (isCall(value)) {
      if (!isClass(value.callee)) {
        const callee = path(value.callee, depth + 1);
        return callee === null ? null : `${callee}()`;
      }
      // `class MyDB(SQLAlchemy)`: an instance has what SQLAlchemy has.
      const base = evaluator
        .lineage(value.callee)
        .foreign.map(externalPath)
        .find((each) => each !== null && libraries.test(each));
      return base === undefined || base === null ? null : `${base}()`;
    }
    return externalPath(value);
  }

  function api(value: PyValue | undefined): string | null {
    const found = path(value);
    if (found === null) return null;
    const known = libraries.test(found) || /\bSQLAlchemy\(\)|(?:^|\.)(?:db|sa)\.\w+$/.test(found);
    return known ? found.slice(found.lastIndexOf('.') + 1) : null;
  }

  function called(value: PyValue | undefined): string | null {
    return isCall(value) ? api(value.callee) : null;
  }

  return {
    path,
    api,
    called,
    isCallOf: (value, ...names): value is PyCall => {
      const name = called(value);
      return name !== null && names.includes(name);
    },
  };
}
