/** Flask-SQLAlchemy's `camel_to_snake_case` (flask_sqlalchemy/model.py). */
export function underscoreOfFlask(name: string): string {
  return name.replace(/((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))/g, '_$1').toLowerCase();
}
