using System.Text.Json;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Reads the criteria of a query as SQL.</summary>
internal sealed class CriterionReader(FieldSet fields)
{
    private const int MostDepth = 16, MostCriteria = 100, MostValues = 1000;

    private int _criteria;

    /// <exception cref="QueryException">A part is unknown, or is not of the type that its field has.</exception>
    public SqlFilter Operation(QueryNode node, int depth = 1)
    {
        if (depth > MostDepth) throw node.Wrong($"is nested deeper than {MostDepth} operations");
        var members = node.Members("criterion", "logical_operator", "sub_operations");
        List<SqlFilter> parts =
        [
            .. members.TryGetValue("criterion", out var criteria)
                ? criteria.Items(MostCriteria).Select(Criterion) : [],
            .. members.TryGetValue("sub_operations", out var operations)
                ? operations.Items(MostCriteria).Select(each => Operation(each, depth + 1)) : [],
        ];
        if (parts.Count == 0) throw node.Wrong("has neither criterion nor sub_operations; leave it out");
        return IsOr(members) ? SqlFilter.Or(parts) : SqlFilter.And(parts);
    }

    private static bool IsOr(IReadOnlyDictionary<string, QueryNode> members) =>
        members.TryGetValue("logical_operator", out var node)
        && QueryWord.Of(node, "LOGICAL_OPERATOR_", "AND", "OR") == "OR";

    private SqlFilter Criterion(QueryNode node)
    {
        if (++_criteria > MostCriteria) throw node.Wrong($"is one criterion more than {MostCriteria}");
        var members = node.Members("field_name", "operator", "match_value");
        if (!members.TryGetValue("field_name", out var name)) throw node.Wrong("has no field_name");
        if (!members.TryGetValue("operator", out var sign)) throw node.Wrong("has no operator");
        var field = QueryWord.Field(name, fields);
        var word = QueryWord.Of(sign, CriterionOperator.Prefix, [.. CriterionOperator.All]);
        if (CriterionOperator.Unary.TryGetValue(word, out var unary))
            return members.TryGetValue("match_value", out var surplus)
                ? throw surplus.Wrong($"is there beside {word}, which takes none; leave it out")
                : unary(field);
        if (!members.TryGetValue("match_value", out var given)) throw node.Wrong($"has no match_value for {word}");
        var value = Unpacked(given);
        return CriterionOperator.Binary.TryGetValue(word, out var binary) ? binary(field, Typed(value, field))
            : word == CriterionOperator.Like ? Like(value, field, sign)
            : Listed(value, field, word == CriterionOperator.In);
    }

    // NOT_IN matches objects without the field, as notin of label selectors does.
    private static SqlFilter Listed(QueryNode value, Field field, bool isIn)
    {
        object[] values = [.. value.Items(MostValues).Select(each => Typed(each, field))];
        if (values.Length == 0) throw value.Wrong("is empty; name one value or more");
        return isIn
            ? SqlFilter.Or([.. values.Select(each => FieldMatch.Equal(field, each))])
            : SqlFilter.And([.. values.Select(each => FieldMatch.NotEqual(field, each))]);
    }

    private static SqlFilter Like(QueryNode value, Field field, QueryNode sign) =>
        field.Type == Kinds.ColumnType.Text
            ? FieldMatch.Like(field, value.Text())
            : throw sign.Wrong($"is LIKE, and {field.Path} is not text");

    private static object Typed(QueryNode node, Field field)
    {
        var (value, fault) = FieldValue.Of(field, node.Scalar());
        return value ?? throw node.Wrong($"does not fit: {fault}");
    }

    // protobuf's Any of a wrapper: {"@type": "type.googleapis.com/google.protobuf.StringValue", "value": "x"}.
    private static QueryNode Unpacked(QueryNode node) => node.Value.ValueKind != JsonValueKind.Object ? node
        : node.Members("@type", "value").TryGetValue("value", out var value) ? value
        : throw node.Wrong("has no value");
}
