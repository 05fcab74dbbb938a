using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Selectors on real servers, against a matcher that knows nothing of SQL.</summary>
[Collection(RealDatabases.Collection)]
public sealed class QuerySelectorTests(RealDatabases databases)
{
    private const int Rows = 60, Selectors = 150;

    private static readonly string[] Keys = ["team", "tier", "Team", "example.com/x"];

    private static readonly string[] Values = ["a", "A", "b", "1", "2", "10", "007", "9223372036854775807", ""];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Label_selectors_find_what_a_matcher_finds(ServerKind kind)
    {
        await using var scene = await QueryScene.StartAsync(databases[kind], Token);
        QueryRow[] rows =
        [
            .. Labels().Sample(Rows, size: 4).Select((labels, at) => new QueryRow($"m{at:00}") { Labels = labels }),
        ];
        await scene.InsertAsync(Token, rows);
        var found = 0;
        foreach (var terms in Terms().Sample(Selectors, size: 4))
        {
            var text = string.Join(",", terms.Select(term => term.Text));
            var names = await scene.NamesAsync(
                $"{QueryScene.TeamA}?limit=1000&labelSelector={Uri.EscapeDataString(text)}", Token);
            var expected = rows.Where(row => terms.All(term => term.Matches(row.Labels))).Select(row => row.Name);
            Assert.True(expected.SequenceEqual(names), $"{text}: {string.Join(' ', names)}");
            found += names.Length;
        }

        Assert.InRange(found, Selectors, Rows * Selectors / 2);
    }

    private static Gen<IReadOnlyDictionary<string, string>> Labels() =>
        from pairs in Gen.ListOf(
            from key in Gen.Elements(Keys)
            from value in Gen.Elements(Values)
            select (Key: key, Value: value))
        select (IReadOnlyDictionary<string, string>)pairs.DistinctBy(each => each.Key)
            .ToDictionary(each => each.Key, each => each.Value);

    private static Gen<Term[]> Terms() =>
        from count in Gen.Choose(1, 3)
        from terms in Gen.ArrayOf(OneTerm(), count)
        select terms;

    private static Gen<Term> OneTerm() =>
        from key in Gen.Elements(Keys)
        from value in Gen.Elements(Values)
        from values in Gen.NonEmptyListOf(Gen.Elements(Values))
        from limit in Gen.Choose(0, 10)
        from space in Gen.Elements("", " ")
        from term in Gen.Elements(
            new Term($"{key}{space}={space}{value}", labels => labels.GetValueOrDefault(key) == value),
            new Term($"{key}=={value}", labels => labels.GetValueOrDefault(key) == value),
            new Term($"{key}{space}!={value}", labels => labels.GetValueOrDefault(key) != value),
            new Term(
                $"{key} in {space}({Set(values, "," + space)})",
                labels => labels.TryGetValue(key, out var has) && values.Contains(has)),
            new Term(
                $"{key} notin ({Set(values, ",")}{space})",
                labels => !labels.TryGetValue(key, out var has) || !values.Contains(has)),
            new Term(key, labels => labels.ContainsKey(key)),
            new Term($"!{space}{key}", labels => !labels.ContainsKey(key)),
            new Term($"{key}>{limit}", labels => Number(labels, key) > limit),
            new Term($"{key}{space}<{limit}", labels => Number(labels, key) < limit))
        select term;

    // Nothing between the parentheses is no value; a comma has an empty one at each side.
    private static string Set(IReadOnlyList<string> values, string comma) =>
        string.Join(comma, values) is { Length: > 0 } text ? text : comma;

    private static long? Number(IReadOnlyDictionary<string, string> labels, string key) =>
        long.TryParse(labels.GetValueOrDefault(key), out var number) ? number : null;

    private sealed record Term(string Text, Func<IReadOnlyDictionary<string, string>, bool> Matches);
}
