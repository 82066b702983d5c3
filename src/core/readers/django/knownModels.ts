/** Models of Django's contrib packages and of packages that many projects build on, whose source is not in the workspace. */

export interface KnownField {
  readonly name: string;
  /** Class of the field. */
  readonly kind: string;
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
}

export interface KnownModel {
  /** `auth.User`; null for abstract ones. */
  readonly label: string | null;
  /** Table of one that is not abstract. */
  readonly table: string | null;
  /** Whole names of the models it inherits from. */
  readonly bases: readonly string[];
  readonly fields: readonly KnownField[];
  /** Of one that is not abstract: type of its key. */
  readonly key: { readonly column: string; readonly kind: string; readonly length?: number };
}

type Options = KnownField['options'];

function field(name: string, kind: string, options: Options = {}): KnownField {
  return { name, kind, options };
}

function abstract(fields: readonly KnownField[], ...bases: readonly string[]): KnownModel {
  return { label: null, table: null, bases, fields, key: { column: 'id', kind: 'AutoField' } };
}

/** Its columns are not shown: its table belongs to the package. */
function concrete(
  label: string,
  table: string,
  kind = 'AutoField',
  column = 'id',
  fields: readonly KnownField[] = [],
): KnownModel {
  return { label, table, bases: [], fields, key: { column, kind } };
}

const auth = 'django.contrib.auth.models';
const moment = { null: true, blank: true };

const models: Readonly<Record<string, KnownModel>> = {
  [`${auth}.AbstractBaseUser`]: abstract([
    field('password', 'CharField', { max_length: 128 }),
    field('last_login', 'DateTimeField', moment),
  ]),
  [`${auth}.PermissionsMixin`]: abstract([
    field('is_superuser', 'BooleanField'),
    field('groups', 'ManyToManyField', { to: 'auth.Group', related_name: 'user_set' }),
    field('user_permissions', 'ManyToManyField', { to: 'auth.Permission', related_name: 'user_set' }),
  ]),
  [`${auth}.AbstractUser`]: abstract(
    [
      field('username', 'CharField', { max_length: 150, unique: true }),
      field('first_name', 'CharField', { max_length: 150 }),
      field('last_name', 'CharField', { max_length: 150 }),
      field('email', 'EmailField'),
      field('is_staff', 'BooleanField'),
      field('is_active', 'BooleanField'),
      field('date_joined', 'DateTimeField'),
    ],
    `${auth}.AbstractBaseUser`,
    `${auth}.PermissionsMixin`,
  ),
  [`${auth}.User`]: concrete('auth.User', 'auth_user'),
  [`${auth}.Group`]: concrete('auth.Group', 'auth_group'),
  [`${auth}.Permission`]: concrete('auth.Permission', 'auth_permission'),
  'django.contrib.contenttypes.models.ContentType': concrete('contenttypes.ContentType', 'django_content_type'),
  'django.contrib.sites.models.Site': concrete('sites.Site', 'django_site'),
  'django.contrib.flatpages.models.FlatPage': concrete('flatpages.FlatPage', 'django_flatpage'),
  'django.contrib.admin.models.LogEntry': concrete('admin.LogEntry', 'django_admin_log'),
  'django.contrib.sessions.models.Session': concrete('sessions.Session', 'django_session', 'CharField', 'session_key'),
  'django.contrib.sessions.base_session.AbstractBaseSession': abstract([
    field('session_key', 'CharField', { max_length: 40, primary_key: true }),
    field('session_data', 'TextField'),
    field('expire_date', 'DateTimeField', { db_index: true }),
  ]),
  'rest_framework.authtoken.models.Token': concrete('authtoken.Token', 'authtoken_token', 'CharField', 'key'),
  // django-extensions 4
  'django_extensions.db.models.TimeStampedModel': abstract([
    field('created', 'CreationDateTimeField'),
    field('modified', 'ModificationDateTimeField'),
  ]),
  'django_extensions.db.models.TitleDescriptionModel': abstract([
    field('title', 'CharField', { max_length: 255 }),
    field('description', 'TextField', { null: true }),
  ]),
  'django_extensions.db.models.TitleSlugDescriptionModel': abstract(
    [field('slug', 'AutoSlugField')],
    'django_extensions.db.models.TitleDescriptionModel',
  ),
  'django_extensions.db.models.ActivatorModel': abstract([
    field('status', 'IntegerField'),
    field('activate_date', 'DateTimeField', moment),
    field('deactivate_date', 'DateTimeField', moment),
  ]),
  // django-model-utils 5
  'model_utils.models.TimeStampedModel': abstract([
    field('created', 'AutoCreatedField'),
    field('modified', 'AutoLastModifiedField'),
  ]),
  'model_utils.models.TimeFramedModel': abstract([
    field('start', 'DateTimeField', moment),
    field('end', 'DateTimeField', moment),
  ]),
  'model_utils.models.StatusModel': abstract([field('status', 'StatusField'), field('status_changed', 'MonitorField')]),
  'model_utils.models.SoftDeletableModel': abstract([field('is_removed', 'BooleanField')]),
  'model_utils.models.UUIDModel': abstract([field('id', 'UUIDField', { primary_key: true })]),
  // Trees and order
  'mptt.models.MPTTModel': abstract([
    field('lft', 'PositiveIntegerField'),
    field('rght', 'PositiveIntegerField'),
    field('tree_id', 'PositiveIntegerField', { db_index: true }),
    field('level', 'PositiveIntegerField'),
  ]),
  'treebeard.mp_tree.MP_Node': abstract([
    field('path', 'CharField', { max_length: 255, unique: true }),
    field('depth', 'PositiveIntegerField'),
    field('numchild', 'PositiveIntegerField'),
  ]),
  'treebeard.ns_tree.NS_Node': abstract([
    field('lft', 'PositiveIntegerField', { db_index: true }),
    field('rgt', 'PositiveIntegerField', { db_index: true }),
    field('tree_id', 'PositiveIntegerField', { db_index: true }),
    field('depth', 'PositiveIntegerField', { db_index: true }),
  ]),
  'treebeard.al_tree.AL_Node': abstract([]),
  'ordered_model.models.OrderedModelBase': abstract([]),
  'ordered_model.models.OrderedModel': abstract([field('order', 'PositiveIntegerField', { db_index: true })]),
  'adminsortable.models.SortableMixin': abstract([]),
  'solo.models.SingletonModel': abstract([]),
  'safedelete.models.SafeDeleteModel': abstract([
    field('deleted', 'DateTimeField', { null: true, db_index: true }),
    field('deleted_by_cascade', 'BooleanField'),
  ]),
  'polymorphic.models.PolymorphicModel': abstract([
    field('polymorphic_ctype', 'ForeignKey', {
      to: 'contenttypes.ContentType',
      null: true,
      related_name: 'polymorphic_%(app_label)s.%(class)s_set+',
    }),
  ]),
  'parler.models.TranslatableModel': abstract([]),
  'parler.models.TranslatedFieldsModel': abstract([
    field('language_code', 'CharField', { max_length: 15, db_index: true }),
  ]),
  'simple_history.models.HistoricalChanges': abstract([]),
  'dirtyfields.DirtyFieldsMixin': abstract([]),
  // taggit
  'taggit.models.Tag': concrete('taggit.Tag', 'taggit_tag'),
  'taggit.models.TagBase': abstract([
    field('name', 'CharField', { max_length: 100, unique: true }),
    field('slug', 'SlugField', { max_length: 100, unique: true }),
  ]),
  'taggit.models.ItemBase': abstract([]),
  'taggit.models.TaggedItemBase': abstract([
    field('tag', 'ForeignKey', { to: 'taggit.Tag', related_name: '%(app_label)s_%(class)s_items' }),
  ]),
  'taggit.models.GenericTaggedItemBase': abstract([
    field('object_id', 'IntegerField', { db_index: true }),
    field('content_type', 'ForeignKey', {
      to: 'contenttypes.ContentType',
      related_name: '%(app_label)s_%(class)s_tagged_items',
    }),
  ]),
  // Wagtail 6
  'modelcluster.models.ClusterableModel': abstract([]),
  'modelsearch.index.Indexed': abstract([]),
  'wagtail.models.Orderable': abstract([field('sort_order', 'IntegerField', { null: true })]),
  'wagtail.models.Page': concrete('wagtailcore.Page', 'wagtailcore_page'),
  'wagtail.models.Site': concrete('wagtailcore.Site', 'wagtailcore_site'),
  'wagtail.models.Collection': concrete('wagtailcore.Collection', 'wagtailcore_collection'),
  'wagtail.models.Locale': concrete('wagtailcore.Locale', 'wagtailcore_locale'),
  'wagtail.models.Revision': concrete('wagtailcore.Revision', 'wagtailcore_revision'),
  'wagtail.models.TranslatableMixin': abstract([
    field('translation_key', 'UUIDField'),
    field('locale', 'ForeignKey', { to: 'wagtailcore.Locale', related_name: '+' }),
  ]),
  'wagtail.models.RevisionMixin': abstract([
    field('latest_revision', 'ForeignKey', { to: 'wagtailcore.Revision', null: true, related_name: '+' }),
  ]),
  'wagtail.models.DraftStateMixin': abstract([
    field('live', 'BooleanField'),
    field('has_unpublished_changes', 'BooleanField'),
    field('first_published_at', 'DateTimeField', { null: true, db_index: true }),
    field('last_published_at', 'DateTimeField', { null: true }),
    field('live_revision', 'ForeignKey', { to: 'wagtailcore.Revision', null: true, related_name: '+' }),
    field('go_live_at', 'DateTimeField', { null: true }),
    field('expire_at', 'DateTimeField', { null: true }),
    field('expired', 'BooleanField'),
  ]),
  'wagtail.models.LockableMixin': abstract([
    field('locked', 'BooleanField'),
    field('locked_at', 'DateTimeField', { null: true }),
    field('locked_by', 'ForeignKey', { to: 'settings.AUTH_USER_MODEL', null: true, related_name: 'locked_%(class)ss' }),
  ]),
  'wagtail.models.PreviewableMixin': abstract([]),
  'wagtail.models.WorkflowMixin': abstract([]),
  'wagtail.models.CollectionMember': abstract([
    field('collection', 'ForeignKey', { to: 'wagtailcore.Collection', related_name: '+' }),
  ]),
  'wagtail.images.models.Image': concrete('wagtailimages.Image', 'wagtailimages_image'),
  'wagtail.documents.models.Document': concrete('wagtaildocs.Document', 'wagtaildocs_document'),
  'wagtail.contrib.settings.models.BaseSiteSetting': abstract([
    field('site', 'OneToOneField', { to: 'wagtailcore.Site', related_name: '+' }),
  ]),
  'wagtail.contrib.settings.models.BaseGenericSetting': abstract([]),
};

/** Places from which a package gives a model besides the one it stands in. */
function canonical(name: string): string {
  return name
    .replace(/^django\.contrib\.auth\.base_user\./, `${auth}.`)
    .replace(/^wagtail\.core\.models\./, 'wagtail.models.')
    .replace(/^wagtail\.(?:images|documents)\.models\.Abstract/, (found) => found)
    .replace(/^model_utils\.(?=\w+$)/, 'model_utils.models.')
    .replace(/^dirtyfields\.dirtyfields\./, 'dirtyfields.');
}

export function knownModel(name: string): KnownModel | undefined {
  const key = canonical(name);
  return Object.hasOwn(models, key) ? models[key] : undefined;
}

const byLabel = new Map(
  Object.values(models).flatMap((each) => (each.label === null ? [] : [[each.label.toLowerCase(), each] as const])),
);

/** By `app.Model`, in any case. */
export function knownByLabel(label: string): KnownModel | undefined {
  return byLabel.get(label.toLowerCase());
}
