/** What of a Python module may make only a column: assignments in the body of a class. */
import type { Near, NearMember } from '../reader.ts';
import { modulesOfImports, submodule } from '../shared/python/declarations.ts';
import type { PyAssignment, PyExpression, PyStatement } from '../shared/python/declarations.ts';
import type { SqlAlchemyMappings } from './reader.ts';

export const near: Near<SqlAlchemyMappings> = {
  declares: ({ module }) => module.statements.flatMap(nameOf),
  bases: ({ module }) =>
    module.statements.flatMap((each) => (each.kind === 'class' ? each.bases.flatMap(namesIn) : [])),
  imports: ({ module }) =>
    module.imports.flatMap(({ local, module: from, name }) => [
      { module: from, name: local },
      ...(name !== null && name !== '*' ? [{ module: submodule(from, name), name: local }] : []),
    ]),
  // Packages pass on what others declare; revisions are read with the metadata of the project.
  isEverywhere: ({ module, revision }) =>
    revision === undefined && module.statements.length === 0 && modulesOfImports(module.imports).length > 0,
  file({ module, revision }) {
    const members: NearMember[] = [];
    const statements = module.statements.map((statement) => {
      if (statement.kind !== 'class') return statement;
      const body = statement.body.filter((each) => !isMember(each));
      for (const each of statement.body)
        if (isMember(each)) members.push({ owner: statement.name, names: [each.target], declaration: each });
      return { ...statement, body };
    });
    return { face: [module.imports, statements, revision], members };
  },
};

function isMember(statement: PyStatement): statement is PyAssignment {
  return statement.kind === 'assign' && /^(?!__)\w+$/u.test(statement.target);
}

function nameOf(statement: PyStatement): readonly string[] {
  switch (statement.kind) {
    case 'class':
    case 'function':
      return [statement.name];
    case 'assign':
      return [statement.target.split('.')[0] ?? ''];
    default:
      return [];
  }
}

function namesIn(base: PyExpression): readonly string[] {
  switch (base.kind) {
    case 'name':
    case 'attribute':
      return [base.name];
    case 'subscript':
      return namesIn(base.object);
    case 'call':
      return base.arguments.flatMap(({ value }) => namesIn(value));
    default:
      return [];
  }
}
