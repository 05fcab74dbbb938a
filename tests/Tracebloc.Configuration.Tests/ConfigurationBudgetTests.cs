using System.Globalization;

namespace Tracebloc.Configuration.Tests;

/// <summary>The cost of the largest file: work is counted, not timed.</summary>
public sealed class ConfigurationBudgetTests
{
    private const int PathCharacters = 16 * 1024 * 1024;

    [Fact]
    public void A_key_longer_than_any_of_Kubernetes_is_refused_where_it_stands()
    {
        var fault = Assert.Single(Faults($"a: 1\n{Key(318)}: 1\n"));
        Assert.StartsWith("values.yaml:2: ", fault);
        Assert.EndsWith("a key has 318 characters; 317 are the most", fault);
        Assert.Empty(Faults($"a: 1\n{Key(317)}: 1\n"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 317)]
    [InlineData(8, 317)]
    [InlineData(25, 317)]
    public void A_small_file_does_not_become_a_large_tree(int depth, int keyLength)
    {
        var text = WorstMegabyte(depth, keyLength);
        var errors = new ConfigurationErrors("values.yaml");
        var root = ConfigurationDocument.Parse(text, errors);
        if (root is null)
            Assert.Contains("the keys up to here are too long", Assert.Single(errors.InOrder()).Message);
        else
            Assert.InRange(Paths(root), 1, PathCharacters);
    }

    [Fact]
    public void A_file_whose_paths_would_fill_the_memory_is_refused() =>
        Assert.Contains("too long, or nested", Assert.Single(Faults(WorstMegabyte(depth: 25, keyLength: 317))));

    [Fact]
    public void Eighty_thousand_keys_are_compared_once_each()
    {
        var keys = new CountingComparer();
        var builder = new MappingBuilder(new ConfigurationErrors("values.yaml"), lastKeyWins: false, keys);
        var value = new ConfigurationNode.Scalar("", 1, 1, "1", IsPlain: true);
        for (var number = 0; number < 80_000; number++)
            builder.Add(new ConfigurationEntry(number.ToString(CultureInfo.InvariantCulture), 1, value));
        Assert.Equal(80_000, builder.Entries.Count);
        Assert.InRange(keys.Comparisons, 0, 4 * 80_000);
    }

    // Lists of short items under keys nested to the depth: the most values, each with the longest path.
    private static string WorstMegabyte(int depth, int keyLength)
    {
        var head = string.Concat(Enumerable.Repeat($"{{{Key(keyLength)}: ", depth));
        var left = ConfigurationDocument.MaximumBytes - head.Length - depth - 3;
        return $"{head}[{string.Concat(Enumerable.Repeat("1,", left / 2))}]{new string('}', depth)}";
    }

    private static string Key(int length) => new('k', length);

    private static long Paths(ConfigurationNode node) => node.Path.Length + node switch
    {
        ConfigurationNode.Mapping mapping => mapping.Entries.Sum(entry => Paths(entry.Value)),
        ConfigurationNode.Sequence sequence => sequence.Items.Sum(Paths),
        _ => 0,
    };

    private static IEnumerable<string> Faults(string text)
    {
        var errors = new ConfigurationErrors("values.yaml");
        ConfigurationDocument.Parse(text, errors);
        return errors.InOrder().Select(error => error.ToString());
    }

    private sealed class CountingComparer : IEqualityComparer<string>
    {
        public int Comparisons { get; private set; }

        public bool Equals(string? left, string? right)
        {
            Comparisons++;
            return left == right;
        }

        public int GetHashCode(string text) => text.GetHashCode(StringComparison.Ordinal);
    }
}
