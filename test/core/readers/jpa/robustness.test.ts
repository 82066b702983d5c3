import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, describe, it } from 'mocha';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { seeded } from '../../../support/random.ts';
import type { Random } from '../../../support/random.ts';
import { readMybatis } from '../mybatis/read.ts';
import { loadJava, readJpa } from './read.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));

function sourcesIn(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const service = `package shop; import org.springframework.data.jpa.repository.*; import jakarta.persistence.*; import java.util.*;
interface OrderRepository extends JpaRepository<Order, Long> { List<Order> findTop3ByCustomerNameAndStatusInOrderByIdDesc(String a, List<String> b); @Query("select o from Order o join fetch o.lines l where o.status = :s and lower(l.name) like %:n% order by o.id") List<Order> q(String s); @Query(value = "select * from orders where a = ?1", nativeQuery = true) List<Order> n(String a); }
@Entity class Order { @Id Long id; @ManyToOne Order customer; String name, status; @OneToMany(mappedBy = "customer") List<Order> lines; }
class S { OrderRepository orders; EntityManager em; @Transactional void run(List<Long> ids, String x) { for (Long id : ids) { orders.save(orders.findById(id).get()); } ids.stream().map(i -> orders.findById(i)).toList(); em.createNativeQuery("select 1 from t where a = '" + x + "'" + String.format("%s", x)).setMaxResults(3).getSingleResult(); } }`;
const serviceInKotlin = `package shop
import org.springframework.data.jpa.repository.*
import jakarta.persistence.Entity as E
import jakarta.persistence.*
const val TEXT = "select o from Order o where o.status = '\${Order.OPEN}'"
interface OrderRepository : JpaRepository<Order, Long> { fun findTop3ByCustomerNameAndStatusInOrderByIdDesc(a: String, b: List<String>): List<Order>
  @Query("""select o from Order o join fetch o.lines l where o.status = :s""") fun q(s: String): List<Order>? }
@E @Table(name = "orders", indexes = [Index(columnList = "a, b")]) class Order(@field:[Id Column(name = "i")] val id: Long?, @ManyToOne var customer: Order?, @get:Column var name: String = "") : Base<Long>(), Named {
  @OneToMany(mappedBy = "customer") val lines: MutableList<Order> = mutableListOf()
  var state = State.NEW
    protected set
  enum class State(val code: Char) { NEW('n'), OLD('o'); fun next() = entries.last() }
  companion object { const val OPEN = "open"; fun of(x: Int) = Order(null, null) } }
@Service class S(private val orders: OrderRepository, val em: EntityManager) { @Transactional fun run(ids: List<Long>, x: String): Unit { for ((i, id) in ids.withIndex()) { val o = orders.findById(id).orElseThrow { Missing("no $id") }; o.customer?.name; orders.save(o) }
  ids.map { orders.findByIdOrNull(it)!! }.forEach(orders::delete); em.createNativeQuery("select 1 from t where a = '$x' and b = \${x.trim()}").setMaxResults(3).singleResult as? Int ?: 0 } }`;
const mapping = `<entity-mappings><entity class="shop.Order" metadata-complete="true"><table name="o"><index column-list="a"/></table><attributes><id name="id"><generated-value strategy="IDENTITY"/></id><many-to-one name="customer"><join-column name="c"/></many-to-one></attributes></entity></entity-mappings>`;
const hbm = `<hibernate-mapping package="shop"><class name="A" table="a"><id name="id" type="long"><generator class="native"/></id><property name="b" type="string" index="i"/><component name="c" class="C"><property name="d"/></component><set name="s" table="t"><key column="k"/><many-to-many class="A" column="m"/></set><joined-subclass name="E" table="e"><key column="id"/></joined-subclass></class></hibernate-mapping>`;
const settings = `spring:\n  datasource:\n    url: jdbc:mysql://localhost/x?password=y\n    hikari: { maximum-pool-size: 10 }\n  jpa:\n    hibernate:\n      ddl-auto: update\n`;
const mapper = `<mapper namespace="a.M"><resultMap id="B" type="a.T"><id column="id" property="id"/><result column="n" jdbcType="VARCHAR"/></resultMap><sql id="s">id, n</sql><select id="f" resultMap="B">select <include refid="s"/> from t <where><if test="x">and n = #{n}</if><foreach collection="l" open="(" close=")">\${x}</foreach></where> order by \${o}</select><insert id="i">insert into t (id, n) values (#{id}, #{n})</insert><update id="u">update t <set>n = #{n},</set> where id = 1</update></mapper>`;
const plus = `package a; import com.baomidou.mybatisplus.annotation.*; import org.apache.ibatis.annotations.*; @TableName("t") class T { @TableId Long id; String n; } interface M extends BaseMapper<T> { @Select({"<script>select * from t where n = '\${n}'", "</script>"}) java.util.List<T> f(String n); } class S { M m; void r(String x) { m.selectList(new QueryWrapper<T>().eq("n", x).or().like("n", x).orderByAsc("id")); } }`;

type Case = readonly [path: string, text: string, read: 'jpa' | 'kotlin' | 'mybatis'];
const cases: readonly Case[] = [
  ...[...sourcesIn(join(fixtures, 'jpa'), '.java'), ...sourcesIn(join(fixtures, 'domain/jpa'), '.java')].map(
    (text, at): Case => [`model/F${at}.java`, text, 'jpa'],
  ),
  ['shop/S.java', service, 'jpa'],
  ...sourcesIn(join(fixtures, 'domain/jpa-kotlin'), '.kt').map((text): Case => ['model/Shop.kt', text, 'kotlin']),
  ['shop/S.kt', serviceInKotlin, 'kotlin'],
  ['META-INF/orm.xml', mapping, 'jpa'],
  ['A.hbm.xml', hbm, 'jpa'],
  ['application.yml', settings, 'jpa'],
  ['mapper/M.xml', mapper, 'mybatis'],
  ['a/T.java', plus, 'mybatis'],
];

const token = /[\w$]+|"[^"\n]*"|[^\s\w$]/g;
/** Milliseconds that no file of this size may take, however broken. */
const limit = 5000;

function tokens(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(token)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** Deletes, doubles or swaps a token. */
function mutate(text: string, random: Random): string {
  const found = tokens(text);
  const at = (): { readonly start: number; readonly end: number } => random.pick(found);
  const [a, b] = [at(), at()].sort((x, y) => x.start - y.start) as [ReturnType<typeof at>, ReturnType<typeof at>];
  const word = (span: typeof a): string => text.slice(span.start, span.end);
  switch (random.below(3)) {
    case 0:
      return text.slice(0, a.start) + text.slice(a.end);
    case 1:
      return `${text.slice(0, a.end)} ${word(a)}${text.slice(a.end)}`;
    default:
      if (a.end > b.start) return text;
      return text.slice(0, a.start) + word(b) + text.slice(a.end, b.start) + word(a) + text.slice(b.end);
  }
}

describe('JPA (of Java and Kotlin) and MyBatis readers on broken input', function () {
  this.timeout(3_600_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  function read([path, , reader]: Case, text: string): LinkResult {
    const started = performance.now();
    const result = reader === 'mybatis' ? readMybatis([[path, text]], syntax) : readJpa([[path, text]], syntax);
    assert.ok(performance.now() - started < limit, `${path} took too long:\n${text.slice(0, 400)}`);
    assert.ok(result.tables.every(({ name, at }) => name !== '' && at.line > 0));
    return result;
  }

  it('reads and links fixtures cut at tokens', () => {
    let cuts = 0;
    let tables = 0;
    for (const each of cases) {
      const ends = tokens(each[1]);
      // `MUTATIONS` above the default asks for every token.
      const step = Number(process.env.MUTATIONS ?? 300) > 300 ? 1 : Math.max(1, Math.floor(ends.length / 25));
      for (let at = 0; at < ends.length; at += step) {
        tables += read(each, each[1].slice(0, ends[at]?.end)).tables.length;
        cuts++;
      }
    }
    assert.ok(tables > 0);
    console.log(`      ${cuts} cuts, ${tables} tables read`);
  });

  it('reads and links mutations', () => {
    const random = seeded(20_240);
    const asked = process.env.MUTATIONS;
    for (const reader of ['jpa', 'kotlin', 'mybatis'] as const) {
      const own = cases.filter(([, , by]) => by === reader);
      const count = asked === undefined ? { jpa: 250, kotlin: 150, mybatis: 50 }[reader] : Number(asked);
      let tables = 0;
      for (let round = 0; round < count; round++) {
        const each = random.pick(own);
        let text = each[1];
        for (let times = random.below(4); times >= 0; times--) text = mutate(text, random);
        tables += read(each, text).tables.length;
      }
      assert.ok(tables > 0);
      console.log(`      ${reader}: ${count} mutations, ${tables} tables read`);
    }
  });
});
