using System.Text;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class QueryReaderTests
{
    private static readonly Kind Run = KindTable.All.Single(kind => kind.Name == "PipelineRun");

    [Fact]
    public void A_query_without_options_lists_as_a_list_does()
    {
        var query = Read("");

        Assert.Equal((100, 0, RowPosition.Order), (query.Limit, query.Offset, query.Order));
        Assert.Equal(
            "(o.`namespace` = ? AND LENGTH(o.`namespace`) = ?) AND (o.delete_time IS NULL)", query.Filter.Text);
    }

    [Fact]
    public void Names_and_words_are_those_of_protobuf_in_both_spellings()
    {
        var query = Read(
            """
            {
              "orderBy": [
                {"field": "metadata.creation_timestamp", "dir": "SORT_ORDER_DESC"}, {"field": "spec.actor.name"}],
              "operation": {
                "criterion": [
                  {"fieldName": "status.state", "operator": "CRITERION_OPERATOR_IN",
                   "matchValue": {"@type": "type.googleapis.com/google.protobuf.ListValue", "value": ["A", "B"]}},
                  {"field_name": "status.end_time", "operator": "LESS_THAN", "match_value": "2026-01-02T03:04:05.5Z"}
                ],
                "logicalOperator": "LOGICAL_OPERATOR_AND",
                "subOperations": [{"logical_operator": "OR", "criterion": [
                  {"field_name": "spec.actor.name", "operator": "LIKE", "match_value": "a%"},
                  {"field_name": "spec.actor.name", "operator": "IS_NULL"}]}]
              },
              "pagination": {"offset": 20, "limit": 10},
              "returned_field_skip_list": ["spec.content"]
            }
            """);

        Assert.Equal("o.`create_time` DESC, o.`actor`, o.namespace, o.name, o.uid", query.Order);
        Assert.Equal((10, 20), (query.Limit, query.Offset));
        Assert.Equal(["spec.content"], query.SkippedFields);
        Assert.EndsWith(
            " AND (((o.`state` = ? AND LENGTH(o.`state`) = ?) OR (o.`state` = ? AND LENGTH(o.`state`) = ?)) "
            + "AND (o.`end_time` < ?) AND ((IF(CHAR_LENGTH(o.`actor`) < ?, o.`actor`, "
            + "JSON_UNQUOTE(JSON_EXTRACT(o.json, ?))) COLLATE utf8mb4_bin LIKE ?) OR (o.`actor` IS NULL)))",
            query.Filter.Text);
        Assert.Equal(
            [
                "team-a", 6, "A", 1, "B", 1, new DateTime(2026, 1, 2, 3, 4, 5, 500), 255,
                "$.\"spec\".\"actor\".\"name\"", "a%",
            ],
            query.Filter.Values);
    }

    [Theory]
    [InlineData("[]", "The body is not an object")]
    [InlineData("{", "The body is malformed JSON")]
    [InlineData("""{"\ud800": 1}""", "The body holds half a surrogate pair")]
    [InlineData("""{"returned_field_skip_list": ["\udc00"]}""", "The body holds half a surrogate pair")]
    [InlineData("""{"limit": 5}""", "limit is not known here; the members are order_by, operation, ")]
    [InlineData("""{"orderBy": [], "order_by": []}""", "order_by is there twice")]
    [InlineData("""{"order_by": {}}""", "order_by is not a list")]
    [InlineData("""{"order_by": [{"dir": "ASC"}]}""", "order_by[0] has no field")]
    [InlineData(
        """{"order_by": [{"field": "name; DROP TABLE model"}]}""",
        "order_by[0].field \"name; DROP TABLE model\" is not known; the fields are metadata.name")]
    [InlineData(
        """{"order_by": [{"field": "metadata.name", "dir": "UP"}]}""",
        "order_by[0].dir \"UP\" is not known; the words are ASC, DESC")]
    [InlineData("""{"operation": {}}""", "operation has neither criterion nor sub_operations")]
    [InlineData("""{"operation": {"sub_operations": [{}]}}""", "operation.sub_operations[0] has neither")]
    [InlineData("""{"pagination": {"limit": 1001}}""", "pagination.limit is not a whole number from 0 to 1000")]
    [InlineData("""{"pagination": {"offset": -1}}""", "pagination.offset is not a whole number from 0 to 100000")]
    [InlineData(
        """{"returned_field_skip_list": ["metadata"]}""",
        "returned_field_skip_list[0] \"metadata\" cannot be left out")]
    [InlineData(
        """{"returned_field_skip_list": ["spec..x"]}""",
        "returned_field_skip_list[0] \"spec..x\" is not a path")]
    public void Whatever_is_unknown_is_refused_with_its_path(string body, string message)
    {
        var refusal = Assert.Throws<QueryException>(() => Read(body));
        Assert.Equal(400, refusal.Code);
        Assert.StartsWith(message, refusal.Message);
    }

    [Theory]
    [InlineData("""{"operator": "EQUAL"}""", " has no field_name")]
    [InlineData("""{"field_name": "status.state"}""", " has no operator")]
    [InlineData(
        """{"field_name": "status.state", "operator": "INVALID"}""",
        ".operator \"INVALID\" is not known; the words are EQUAL, ")]
    [InlineData("""{"field_name": "status.state", "operator": "EQUAL"}""", " has no match_value for EQUAL")]
    [InlineData(
        """{"field_name": "status.state", "operator": "IS_NULL", "match_value": 1}""",
        ".match_value is there beside IS_NULL")]
    [InlineData(
        """{"field_name": "status.state", "operator": "EQUAL", "match_value": null}""",
        ".match_value is not text, a number, true or false")]
    [InlineData(
        """{"field_name": "status.state", "operator": "EQUAL", "match_value": {"@type": "x"}}""",
        ".match_value has no value")]
    [InlineData(
        """{"field_name": "status.endTime", "operator": "EQUAL", "match_value": "soon"}""",
        ".match_value does not fit: status.endTime is a time, and \"soon\" is none")]
    [InlineData(
        """{"field_name": "status.endTime", "operator": "LIKE", "match_value": "2%"}""",
        ".operator is LIKE, and status.endTime is not text")]
    [InlineData("""{"field_name": "status.state", "operator": "IN", "match_value": []}""", ".match_value is empty")]
    public void A_criterion_that_cannot_be_translated_is_refused_with_its_path(string criterion, string message) =>
        Assert.StartsWith(
            $"operation.criterion[0]{message}",
            Assert.Throws<QueryException>(
                () => Read($$$"""{"operation": {"criterion": [{{{criterion}}}]}}""")).Message);

    [Fact]
    public void Operations_are_nested_16_deep_at_most()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"sub_operations": [""", 17));

        Assert.EndsWith(
            "is nested deeper than 16 operations",
            Assert.Throws<QueryException>(
                () => Read($$$"""{"operation": {{{deep}}}{}{{{string.Concat(Enumerable.Repeat("]}", 17))}}}}"""))
                .Message);
    }

    private static ObjectQuery Read(string body) =>
        QueryReader.Read(Encoding.UTF8.GetBytes(body), new Selection(Run, "team-a"));
}
