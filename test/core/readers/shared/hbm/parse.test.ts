import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isHbm, isHbmOfDotNet, parseHbm } from '../../../../../src/core/readers/shared/hbm/parse.ts';
import { LineIndex } from '../../../../../src/core/syntax/lineIndex.ts';
import { seeded } from '../../../../support/random.ts';

const text = `<?xml version="1.0"?>
<!DOCTYPE hibernate-mapping PUBLIC "-//Hibernate/Hibernate Mapping DTD 3.0//EN" "http://www.hibernate.org/dtd/hibernate-mapping-3.0.dtd">
<hibernate-mapping package="shop.model" schema="shop">
  <class name="Order" table="orders" discriminator-value="O">
    <id name="id" type="long" column="order_id">
      <generator class="sequence"><param name="sequence">order_seq</param></generator>
    </id>
    <discriminator column="kind" type="string"/>
    <version name="revision" column="rev"/>
    <natural-id><property name="number" length="20" unique="true"/></natural-id>
    <property name="total" type="big_decimal">
      <column name="total_amount" precision="12" scale="2" not-null="true" index="ix_total, ix_kind"/>
    </property>
    <component name="address" class="Address">
      <property name="street" length="200"/>
    </component>
    <many-to-one name="customer" class="Customer" column="customer_id" not-null="true" foreign-key="fk_customer" cascade="all"/>
    <set name="lines" inverse="true" lazy="true" cascade="all-delete-orphan">
      <key column="order_id" on-delete="cascade"/>
      <one-to-many class="OrderLine"/>
    </set>
    <map name="labels" table="order_labels">
      <key column="order_id"/>
      <map-key column="lang" type="string"/>
      <element column="label" type="string" length="80"/>
    </map>
    <list name="tags" table="order_tags">
      <key column="order_id"/>
      <list-index column="position"/>
      <many-to-many class="Tag" column="tag_id"/>
    </list>
    <join table="order_notes" optional="true"><key column="order_id"/><property name="note" type="text"/></join>
    <subclass name="RushOrder" discriminator-value="R"><property name="dueDate" type="date"/></subclass>
    <joined-subclass name="GiftOrder" table="gift_orders"><key column="order_id"/><property name="card"/></joined-subclass>
    <query name="open"><![CDATA[from Order where total > 0]]></query>
  </class>
  <class name="Line" table="lines">
    <composite-id name="id" class="LineId">
      <key-many-to-one name="order" class="Order" column="order_id"/>
      <key-property name="position" type="int"/>
    </composite-id>
    <any name="subject" id-type="long" meta-type="string"><column name="subject_type"/><column name="subject_id"/></any>
  </class>
</hibernate-mapping>`;

function parse(source: string): ReturnType<typeof parseHbm> {
  return parseHbm(source, new LineIndex('Order.hbm.xml', source));
}

describe('hbm.xml', () => {
  it('tells the mappings of Java and .NET apart', () => {
    assert.ok(isHbm('a/Order.hbm.xml', text));
    assert.ok(!isHbm('pom.xml', '<project/>'));
    assert.ok(!isHbmOfDotNet(text));
    assert.ok(isHbmOfDotNet('<hibernate-mapping xmlns="urn:nhibernate-mapping-2.2">'));
    assert.ok(isHbmOfDotNet('<hibernate-mapping assembly="Shop">'));
    assert.equal(parse('<beans/>'), null);
  });

  it('reads classes with their keys, columns and subclasses', () => {
    const file = parse(text);
    assert.equal(file?.package, 'shop.model');
    assert.equal(file.schema, 'shop');
    const [order, line] = file.classes;
    assert.equal(order?.table, 'orders');
    assert.equal(order.id?.columns[0]?.name, 'order_id');
    assert.equal(order.id.generator, 'sequence');
    assert.deepEqual(order.id.generatorParameters, { sequence: 'order_seq' });
    assert.equal(order.discriminator?.column.name, 'kind');
    assert.equal(order.version?.columns[0]?.name, 'rev');
    assert.deepEqual(
      order.subclasses.map(({ kind, name, discriminatorValue }) => [kind, name, discriminatorValue]),
      [
        ['subclass', 'RushOrder', 'R'],
        ['joined-subclass', 'GiftOrder', null],
      ],
    );
    assert.equal(order.subclasses[1]?.key?.columns[0]?.name, 'order_id');
    assert.equal(order.joins[0]?.table, 'order_notes');
    assert.equal(order.at.line, 4);
    assert.equal(line?.id?.kind, 'composite');
    assert.deepEqual(
      line.id.members.map(({ kind, name }) => [kind, name]),
      [
        ['many-to-one', 'order'],
        ['property', 'position'],
      ],
    );
    assert.deepEqual(
      file.queries.map(({ name, text: query }) => [name, query]),
      [['open', 'from Order where total > 0']],
    );
  });

  it('reads members of every kind', () => {
    const members = parse(text)?.classes[0]?.members ?? [];
    assert.deepEqual(
      members.map(({ kind, name }) => `${kind} ${name}`),
      [
        'property number',
        'property total',
        'component address',
        'many-to-one customer',
        'collection lines',
        'collection labels',
        'collection tags',
      ],
    );
    const [number, total, , customer, lines, labels, tags] = members;
    assert.ok(number?.kind === 'property' && number.naturalId && number.columns[0]?.unique);
    assert.equal(number.columns[0].length, 20);
    assert.ok(total?.kind === 'property');
    assert.deepEqual(
      total.columns.map(({ name, precision, scale, notNull, indexes }) => ({
        name,
        precision,
        scale,
        notNull,
        indexes,
      })),
      [{ name: 'total_amount', precision: 12, scale: 2, notNull: true, indexes: ['ix_total', 'ix_kind'] }],
    );
    assert.ok(customer?.kind === 'many-to-one' && customer.foreignKey === 'fk_customer');
    assert.equal(customer.columns[0]?.notNull, true);
    assert.ok(lines?.kind === 'collection' && lines.inverse && lines.element?.kind === 'one-to-many');
    assert.equal(lines.key?.onDelete, 'cascade');
    assert.ok(labels?.kind === 'collection' && labels.index?.kind === 'key' && labels.element?.kind === 'element');
    assert.equal(labels.element.columns[0]?.length, 80);
    assert.ok(tags?.kind === 'collection' && tags.index?.kind === 'position' && tags.element?.kind === 'many-to-many');
    assert.equal(tags.element.columns[0]?.name, 'tag_id');
  });

  it('yields what it can of a text that is cut anywhere or torn apart', () => {
    for (let end = 0; end <= text.length; end += 3) assert.doesNotThrow(() => parse(text.slice(0, end)));
    const random = seeded(7);
    for (let round = 0; round < 300; round++) {
      const from = random.below(text.length);
      const to = from + random.below(40);
      assert.doesNotThrow(() => parse(text.slice(0, from) + text.slice(to)));
    }
  });
});
