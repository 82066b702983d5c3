import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Query } from '../../../../src/core/schema/code.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadJava } from '../jpa/read.ts';
import type { Files } from '../jpa/read.ts';
import { readMybatis } from './read.ts';

const mapper = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="shop.mapper.OrderMapper">
  <resultMap id="BaseResultMap" type="shop.model.Order">
    <id column="id" jdbcType="BIGINT" property="id"/>
    <result column="order_no" jdbcType="VARCHAR" property="orderNo"/>
    <result column="total" property="total"/>
  </resultMap>
  <resultMap id="WithLines" type="shop.model.Order" extends="BaseResultMap">
    <collection property="lines" ofType="Line"><id column="line_id" property="id"/></collection>
  </resultMap>
  <sql id="Columns">id, order_no, total</sql>
  <select id="find" resultMap="BaseResultMap">
    select <include refid="Columns"/> from orders
    <where>
      <if test="no != null">and order_no like concat('%', #{no}, '%')</if>
      <if test="ids != null">and id in <foreach collection="ids" item="id" open="(" separator="," close=")">#{id}</foreach></if>
    </where>
    order by \${sort}
  </select>
  <select id="one" resultMap="WithLines">select o.*, l.id line_id from orders o left join order_lines l on l.order_id = o.id where o.id = #{id}</select>
  <insert id="add" useGeneratedKeys="true" keyProperty="id">insert into orders (order_no, total, created_at) values (#{orderNo}, #{total}, now())</insert>
  <update id="change">update orders <set><if test="total != null">total = #{total},</if></set> where id = #{id}</update>
  <delete id="clear">delete from orders</delete>
</mapper>`;

const xml: Files = [
  ['src/main/resources/mapper/OrderMapper.xml', mapper],
  [
    'src/main/java/shop/mapper/OrderMapper.java',
    'package shop.mapper; import org.apache.ibatis.annotations.Mapper; import shop.model.Order; import java.util.List; @Mapper public interface OrderMapper { List<Order> find(String no, List<Long> ids, String sort); Order one(Long id); int add(Order order); int change(Order order); int clear(); }',
  ],
  [
    'src/main/java/shop/model/Order.java',
    'package shop.model; import java.math.BigDecimal; public class Order { private Long id; private String orderNo; private BigDecimal total; private java.util.Date createdAt; private java.util.List<Line> lines; }',
  ],
];

function columns(table: Table | undefined): readonly unknown[] {
  return (table?.columns ?? []).map(({ name, type, property, generated }) => [
    name,
    type,
    property,
    generated?.kind ?? null,
  ]);
}

function told({ api, operation, table, rows, complete, filters, sql }: Query): string {
  const shown = filters.map(({ path, comparison, target }) => `${path} ${comparison} ${target?.columns.join() ?? '?'}`);
  const put = sql?.interpolations.map(({ text, position }) => `\${${text}} as ${position}`) ?? [];
  return [api, operation, table ?? '-', rows, complete ? 'complete' : 'dynamic', ...shown, ...put].join('; ');
}

describe('MyBatis reader', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  it('makes tables of result maps and of what is written', () => {
    const { tables } = readMybatis(xml, syntax);
    assert.deepEqual(
      tables.map(({ name, entity, primaryKey, managed }) => [name, entity, primaryKey, managed]),
      [['orders', 'Order', ['id'], false]],
    );
    assert.deepEqual(columns(tables[0]), [
      ['id', 'int64', 'id', 'increment'],
      ['order_no', 'string', 'orderNo', null],
      ['total', 'decimal', 'total', null],
      ['created_at', 'datetime', 'createdAt', null],
    ]);
  });

  it('gives the statements of a file to the methods of its interface', () => {
    const { files } = readMybatis(xml, syntax);
    const facts = files.find(({ file }) => file.endsWith('OrderMapper.java'));
    assert.deepEqual(facts?.queries.map(told), [
      'find; select; orders; many; dynamic; order_no other order_no; id in id; ${sort} as identifier',
      'one; select; orders; one; complete; id eq id',
      'add; insert; orders; none; complete',
      'change; update; orders; none; dynamic; id eq id',
      'clear; delete; orders; none; complete',
    ]);
    const [find] = facts.queries;
    assert.equal(facts.functions[find?.function ?? -1]?.name, 'find');
    assert.equal(find?.at.file, 'src/main/resources/mapper/OrderMapper.xml');
    assert.equal(find.sql?.interpolations[0]?.at.line, 19);
  });

  it('reads statements in annotations', () => {
    const { tables, files } = readMybatis(
      [
        [
          'shop/UserMapper.java',
          `package shop; import org.apache.ibatis.annotations.*; import java.util.*;
           @Mapper interface UserMapper {
             @Select("SELECT * FROM users WHERE name = '\${name}'") List<User> byName(String name);
             @Select({"<script>", "select * from users", "<where><if test='id != null'>id = #{id}</if></where>", "</script>"}) User one(Long id);
             @Insert("INSERT INTO users(user_name, age) VALUES (#{userName}, #{age})") @Options(useGeneratedKeys = true, keyProperty = "id") int add(User user);
             @Results(id = "user", value = {@Result(property = "id", column = "id", id = true), @Result(property = "userName", column = "user_name")}) @Select("select * from users") List<User> all();
           }`,
        ],
        [
          'shop/model/User.java',
          'package shop; class User { private Long id; private String userName; private int age; }',
        ],
      ],
      syntax,
    );
    assert.deepEqual(columns(tables[0]), [
      ['id', 'int64', 'id', 'increment'],
      ['user_name', 'string', 'userName', null],
      ['age', 'int32', 'age', null],
    ]);
    assert.deepEqual(files.find(({ queries }) => queries.length > 0)?.queries.map(told), [
      'byName; select; users; many; complete; name eq ?; ${name} as value',
      'one; select; users; one; dynamic; id eq id',
      'add; insert; users; none; complete',
      'all; select; users; many; complete',
    ]);
  });

  it('reads classes of MyBatis-Plus and the calls that need no statement', () => {
    const files: Files = [
      [
        'a/entity/SysUser.java',
        `package a.entity; import com.baomidou.mybatisplus.annotation.*;
         @TableName("sys_user") public class SysUser extends Base { @TableId(type = IdType.AUTO) private Long userId; private String loginName; @TableField("mail") private String email; @TableField(exist = false) private String token; @TableLogic private Integer deleted; }`,
      ],
      [
        'a/entity/Base.java',
        'package a.entity; import com.baomidou.mybatisplus.annotation.*; public class Base { @TableField(fill = FieldFill.INSERT) private java.util.Date createTime; @Version private Integer version; }',
      ],
      ['a/entity/LogEntry.java', 'package a.entity; public class LogEntry { private Long id; private String text; }'],
      [
        'a/mapper/UserMapper.java',
        'package a.mapper; import com.baomidou.mybatisplus.core.mapper.BaseMapper; import a.entity.SysUser; public interface UserMapper extends BaseMapper<SysUser> {}',
      ],
      [
        'a/mapper/LogMapper.java',
        'package a.mapper; import com.baomidou.mybatisplus.core.mapper.BaseMapper; import a.entity.*; public interface LogMapper extends BaseMapper<LogEntry> {}',
      ],
      [
        'a/UserService.java',
        `package a; import a.mapper.*; import a.entity.*; import com.baomidou.mybatisplus.core.conditions.query.*; import java.util.*;
         class UserService { private UserMapper userMapper;
           SysUser one(Long id) { return userMapper.selectById(id); }
           List<SysUser> find(String name, List<Long> ids) {
             LambdaQueryWrapper<SysUser> query = new LambdaQueryWrapper<>();
             query.eq(SysUser::getLoginName, name).orderByDesc(SysUser::getCreateTime);
             List<SysUser> found = userMapper.selectList(query);
             for (Long id : ids) userMapper.deleteById(id);
             return userMapper.selectList(new QueryWrapper<SysUser>().likeRight("mail", name));
           }
           Page<SysUser> ofRequest(Request request) {
             Page<SysUser> page = Pager.of(request);
             return userMapper.selectPage(page, new QueryWrapper<SysUser>());
           }
           Page<SysUser> plain(int at) {
             Page<SysUser> page = new Page<>(at, 20);
             return userMapper.selectPage(page, new QueryWrapper<SysUser>().eq("mail", ""));
           }
           Page<SysUser> generated(SysUser like, int at) {
             QueryWrapper<SysUser> wanted = QueryGenerator.wrapperOf(like);
             return userMapper.selectPage(new Page<>(at, 20), wanted);
           }
           Page<SysUser> handedOn(SysUser like, int at) {
             QueryWrapper<SysUser> wanted = new QueryWrapper<>();
             Filters.apply(wanted, like);
             return userMapper.selectPage(new Page<>(at, 20), wanted);
           } }`,
      ],
    ];
    const result = readMybatis(files, syntax);
    const table = (name: string): Table | undefined => result.tables.find((each) => each.name === name);
    assert.deepEqual(
      table('sys_user')?.columns.map(({ name, property, role, generated }) => [
        name,
        property,
        role,
        generated?.kind ?? null,
      ]),
      [
        ['create_time', 'createTime', 'created-at', null],
        ['version', 'version', 'version', null],
        ['user_id', 'userId', null, 'increment'],
        ['login_name', 'loginName', null, null],
        ['mail', 'email', null, null],
        ['deleted', 'deleted', 'deleted-at', null],
      ],
    );
    assert.deepEqual(table('sys_user')?.primaryKey, ['user_id']);
    assert.deepEqual(table('log_entry')?.primaryKey, ['id']);
    const facts = result.files.find(({ file }) => file === 'a/UserService.java');
    assert.deepEqual(
      facts?.queries.map((query) => [
        told(query),
        query.sorts.map(({ path }) => path).join(),
        query.loop === null ? null : facts.loops[query.loop]?.kind,
      ]),
      [
        ['selectById; select; sys_user; one; complete; id eq user_id', '', null],
        ['selectList; select; sys_user; many; complete; loginName eq login_name', 'createTime', null],
        ['deleteById; delete; sys_user; none; complete; id eq user_id', '', 'for-of'],
        ['selectList; select; sys_user; many; complete; mail prefix mail', '', null],
        // Who made the page may have put its orders there.
        ['selectPage; select; sys_user; many; complete', 'page.orders', null],
        ['selectPage; select; sys_user; many; complete; mail eq mail', '', null],
        ['selectPage; select; sys_user; many; dynamic', '', null],
        ['selectPage; select; sys_user; many; dynamic', '', null],
      ],
    );
  });

  it('takes the prefix of tables from the settings of MyBatis alone', () => {
    const named = (settings: string): readonly string[] => {
      const files: Files = [
        ['src/main/resources/application.yml', settings],
        [
          'a/LogMapper.java',
          'package a; import com.baomidou.mybatisplus.core.mapper.BaseMapper; import a.entity.*; public interface LogMapper extends BaseMapper<LogEntry> {}',
        ],
        ['a/entity/LogEntry.java', 'package a.entity; public class LogEntry { private Long id; }'],
      ];
      return readMybatis(files, syntax).tables.map(({ name }) => name);
    };
    assert.deepEqual(named('mybatis-plus:\n  global-config:\n    db-config:\n      table-prefix: app_\n'), [
      'app_log_entry',
    ]);
    assert.deepEqual(
      named(
        'mybatis-plus:\n  mapper-locations: x\nspring:\n  quartz:\n    properties:\n      org:\n        quartz:\n          jobStore:\n            tablePrefix: QRTZ_\n',
      ),
      ['log_entry'],
    );
  });

  it('tells rows of the class of a table from others', () => {
    const files: Files = [
      [
        'a/Note.java',
        'package a; import com.baomidou.mybatisplus.annotation.*; @TableName("note") public class Note { @TableId private Long id; private String text; }',
      ],
      [
        'a/NoteMapper.java',
        `package a; import org.apache.ibatis.annotations.*; import java.util.*;
         public interface NoteMapper {
           @Select("SELECT * FROM note WHERE text = ''") List<Note> empty();
           @Select("SELECT * FROM note WHERE text = ''") List<Map<String, Object>> maps();
         }`,
      ],
    ];
    const facts = readMybatis(files, syntax).files.find(({ file }) => file === 'a/NoteMapper.java');
    assert.deepEqual(
      facts?.queries.map(({ api, asEntities }) => [api, asEntities]),
      [
        ['empty', true],
        ['maps', undefined],
      ],
    );
  });

  it('reads what examples of MyBatis Generator ask for', () => {
    const files: Files = [
      [
        'src/main/resources/mapper/CrateMapper.xml',
        `<?xml version="1.0" encoding="UTF-8"?>
         <mapper namespace="depot.CrateMapper">
           <resultMap id="BaseResultMap" type="depot.Crate">
             <id column="id" property="id"/><result column="shelf_id" property="shelfId"/><result column="label" property="label"/>
           </resultMap>
           <sql id="Where"><where><foreach collection="oredCriteria" item="criteria" separator="or"><if test="criteria.valid">and 1 = 1</if></foreach></where></sql>
           <select id="selectByExample" resultMap="BaseResultMap">select id, shelf_id, label from crates <include refid="Where"/></select>
           <select id="countByExample" resultType="long">select count(*) from crates <include refid="Where"/></select>
         </mapper>`,
      ],
      [
        'src/main/java/depot/CrateMapper.java',
        'package depot; import org.apache.ibatis.annotations.Mapper; import java.util.List; @Mapper public interface CrateMapper { List<Crate> selectByExample(CrateExample example); long countByExample(CrateExample example); }',
      ],
      [
        'src/main/java/depot/CrateService.java',
        `package depot; import com.github.pagehelper.PageHelper; import java.util.List;
         class CrateService { private CrateMapper crateMapper;
           List<Crate> onShelf(Integer shelf) {
             CrateExample example = new CrateExample();
             example.or().andShelfIdEqualTo(shelf).andLabelNotLike("%old%");
             example.setOrderByClause("label desc");
             return crateMapper.selectByExample(example);
           }
           List<Crate> search(String label, int page) {
             CrateExample example = new CrateExample();
             CrateExample.Criteria criteria = example.createCriteria();
             criteria.andLabelLike(label);
             PageHelper.startPage(page, 20);
             return crateMapper.selectByExample(example);
           }
           List<Crate> beside(String label, int page) {
             PageHelper.startPage(page, 20);
             List<Crate> found = crateMapper.selectByExample(new CrateExample());
             CrateExample example = new CrateExample();
             example.createCriteria().andLabelEqualTo(label);
             return crateMapper.selectByExample(example);
           }
           long either(Integer shelf, String label) {
             CrateExample example = new CrateExample();
             example.or().andShelfIdEqualTo(shelf);
             example.or().andLabelEqualTo(label);
             return crateMapper.countByExample(example);
           }
           long made(CrateExample example) { return crateMapper.countByExample(example); }
         }`,
      ],
    ];
    const facts = readMybatis(files, syntax).files.find(({ file }) => file.endsWith('CrateService.java'));
    assert.deepEqual(
      facts?.queries.map((query) => [
        told(query),
        query.sorts.map(({ path, direction }) => `${path} ${direction}`).join(),
        query.limit !== null,
      ]),
      [
        [
          'selectByExample; select; crates; many; complete; shelfId eq shelf_id; label other label',
          'label desc',
          false,
        ],
        ['selectByExample; select; crates; many; complete; label contains label', '', true],
        // Pages are cut of the first statement alone.
        ['selectByExample; select; crates; many; dynamic', '', true],
        ['selectByExample; select; crates; many; complete; label eq label', '', false],
        ['countByExample; count; crates; one; dynamic', '', false],
        ['countByExample; count; crates; one; dynamic', '', false],
      ],
    );
  });
});
