using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>Values of a file in JSON: texts that look like other types, numbers, booleans, lists and maps.</summary>
internal static class AnyValue
{
    private const int MostDepth = 2, Length = 8;

    private const string Cat = "🐈";

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements(
            "0123", "1e3", "1_000", "no", "y", "on", "null", "~", "", " ", "true", "2026-01-02", "12:30", "0x1F", "-",
            "*a", "&a", "!b", "<<", "# c", "a: b", "{{ .Values }}", "- d", "|", ">", "%", "@", "`", "'", "\"", "["),
        Gen.Elements(
                "a", "B", "7", " ", "\t", "\n", "\r", "\u0001", "\u2028", "\uFEFF", "é", "猫", Cat,
                "\\", "/", "<", ">", "&", "'", "\"", ":", "#", "$", "{", "}")
            .ArrayOf().Select(string.Concat));

    private static readonly Gen<JsonNode> Numbers = Gen.OneOf<JsonNode>(
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (JsonNode)JsonValue.Create(number)),
        from high in Gen.Choose(0, (1 << 22) - 1)
        from low in Gen.Choose(0, int.MaxValue)
        select (JsonNode)JsonValue.Create(((long)high << 31) + low),
        from digits in Gen.Choose(-99_999_999, 99_999_999)
        from shift in Gen.Choose(0, 20)
        select (JsonNode)JsonValue.Create(digits / Math.Pow(10, shift)));

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A list of as many of them in JSON, the same in every run.</summary>
    public static string Sample(int count) =>
        new JsonArray([.. Values(MostDepth).Resize(Length).Sample(count, new Rnd(17, 23), count)])
            .ToJsonString(Plain)
            // YAML has no escaped halves of a character.
            .Replace("\\uD83D\\uDC08", Cat);

    private static Gen<JsonNode> Values(int depth)
    {
        var single = Gen.OneOf(
            Texts.Select(text => (JsonNode)JsonValue.Create(text)),
            Numbers,
            Gen.Elements(true, false).Select(flag => (JsonNode)JsonValue.Create(flag)));
        return depth == 0
            ? single
            : Gen.Frequency(
                (4, single),
                (1, Values(depth - 1).ArrayOf().Select(items => (JsonNode)new JsonArray(items))),
                (1, Maps(depth - 1)));
    }

    private static Gen<JsonNode> Maps(int depth) =>
        from names in Texts.Where(name => name != "").ArrayOf()
        from value in Values(depth)
        select (JsonNode)new JsonObject(
            names.Distinct().Select(name => KeyValuePair.Create<string, JsonNode?>(name, value.DeepClone())));
}
