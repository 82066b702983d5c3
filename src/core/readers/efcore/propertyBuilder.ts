/** `PropertyBuilder`: what its methods state of one property. */
import type { TypeRef } from '../shared/csharp/types.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import { isKind, nameValue, numberValue, textValue } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import type { PropertySettings } from './model.ts';
import { defaultLiteral } from '../shared/csharp/defaultLiteral.ts';

export function propertyHost(settings: PropertySettings, building: Building): Host {
  const host: Host = {
    is: 'host',
    get: (name) => (name === 'Metadata' ? propertyMetadataHost(settings) : undefined),
    call(name, args, _call, types) {
      state(settings, name, args, types, building);
      return host;
    },
  };
  return host;
}

/** `builder.Property(…).Metadata.SetValueComparer(…)`: nothing of it is physical. */
function propertyMetadataHost(settings: PropertySettings): Host {
  return {
    is: 'host',
    call(name, args) {
      const text = textValue(args[0]);
      if (name === 'SetColumnName' && text !== null) settings.column = text;
      if (name === 'SetColumnType' && text !== null) settings.columnType = text;
      return undefined;
    },
  };
}

export function state(
  settings: PropertySettings,
  name: string,
  args: readonly Value[],
  types: readonly TypeRef[],
  building: Building,
): void {
  const [first, second] = args;
  const text = textValue(first);
  const number = numberValue(first);
  const on = first !== false;
  switch (name) {
    case 'HasColumnName':
      if (text !== null && text !== '') settings.column = text;
      break;
    case 'HasColumnType':
    case 'HaveColumnType':
      if (text !== null && text !== '') settings.columnType = text;
      break;
    case 'HasMaxLength':
    case 'HaveMaxLength':
      if (number !== null) settings.maxLength = number;
      break;
    case 'HasPrecision':
    case 'HavePrecision':
      if (number !== null) settings.precision = number;
      settings.scale = numberValue(second) ?? 0;
      if (second === undefined) delete settings.scale;
      break;
    case 'IsRequired':
      settings.required = on;
      break;
    case 'IsUnicode':
    case 'AreUnicode':
      settings.unicode = on;
      break;
    case 'IsFixedLength':
    case 'AreFixedLength':
      settings.fixedLength = on;
      break;
    case 'HasDefaultValue': {
      const literal = defaultLiteral(first, building.dialect);
      if (literal !== null) settings.default = literal;
      settings.generated ??= 'add';
      break;
    }
    case 'HasDefaultValueSql':
      if (text !== null) settings.default = text;
      settings.generated ??= 'add';
      break;
    case 'HasComputedColumnSql':
      settings.computed = { sql: text ?? '', stored: typeof second === 'boolean' ? second : null };
      break;
    case 'ValueGeneratedNever':
      settings.generated = 'never';
      break;
    case 'ValueGeneratedOnAdd':
      settings.generated = 'add';
      break;
    case 'ValueGeneratedOnAddOrUpdate':
    case 'ValueGeneratedOnUpdate':
    case 'ValueGeneratedOnUpdateSometimes':
      settings.generated = 'update';
      break;
    case 'UseIdentityColumn':
    case 'UseIdentityByDefaultColumn':
    case 'UseIdentityAlwaysColumn':
    case 'UseSerialColumn':
    case 'UseMySqlIdentityColumn':
    case 'UseOracleIdentityColumn':
      settings.identity = true;
      break;
    case 'UseHiLo':
    case 'UseSequence':
    case 'ForSqlServerUseSequenceHiLo':
    case 'ForNpgsqlUseSequenceHiLo':
      settings.sequence = text ?? (name.includes('HiLo') ? 'EntityFrameworkHiLoSequence' : '');
      break;
    case 'HasConversion':
    case 'HaveConversion': {
      const [type] = types;
      const given = isKind(first, 'type') ? first.type : (type ?? null);
      // A converter class or lambdas do not say what they convert to.
      settings.conversion = { to: given, text: given?.name ?? converterName(first) };
      break;
    }
    case 'HasComment':
      if (text !== null) settings.comment = text;
      break;
    case 'UseCollation':
    case 'AreUsingCollation':
      if (text !== null) settings.collation = text;
      break;
    case 'IsConcurrencyToken':
      settings.concurrency = on;
      break;
    case 'IsRowVersion':
      settings.concurrency = true;
      settings.rowVersion = true;
      settings.generated = 'update';
      break;
    case 'HasColumnOrder':
      if (number !== null) settings.order = number;
      break;
    case 'HasAnnotation':
      annotate(settings, text ?? '', second);
      break;
    default:
      break;
  }
}

function converterName(value: Value): string {
  if (isKind(value, 'instance')) return value.type?.name ?? 'converter';
  return nameValue(value) ?? 'converter';
}

function annotate(settings: PropertySettings, name: string, value: Value): void {
  if (/^(?:Npgsql|SqlServer|MySql|Oracle):(?:ValueGenerationStrategy|Identity)/u.test(name)) {
    const strategy = nameValue(value) ?? '';
    if (/Identity|Serial/u.test(strategy) || name.includes('Identity')) settings.identity = true;
  }
  if (name === 'Relational:ColumnType' && typeof value === 'string') settings.columnType = value;
  if (name === 'MaxLength' && typeof value === 'number') settings.maxLength = value;
}
