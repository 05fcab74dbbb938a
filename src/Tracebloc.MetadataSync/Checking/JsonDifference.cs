using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>
/// The places at which two JSON values differ, without their values, which may be secrets. Spaces, the order of members
/// and the spelling of numbers and texts are no difference: MySQL normalises them, and MariaDB keeps them.
/// </summary>
internal sealed class JsonDifference
{
    /// <summary>The most places that are listed.</summary>
    public const int MostPlaces = 20;

    private const string Root = "(all)";

    private readonly List<string> _places = [];

    /// <summary>The places, such as <c>spec.items[2].name</c>; none where the values are the same.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other)) return [];
        if (JsonTree.Read(one) is not { } left || JsonTree.Read(other) is not { } right) return [Root];
        var difference = new JsonDifference();
        difference.Compare(left, right, "");
        return difference._places;
    }

    private void Compare(JsonTree one, JsonTree other, string place)
    {
        if (_places.Count == MostPlaces) return;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (one.Type != other.Type || !IsSame(one, other)) Add(place);
        else if (one.Type == JsonTokenType.StartObject) CompareMembers(one, other, place);
        else if (one.Type == JsonTokenType.StartArray) CompareItems(one, other, place);
    }

    private void CompareMembers(JsonTree one, JsonTree other, string place)
    {
        foreach (var name in one.Members.Keys.Union(other.Members.Keys).Order(StringComparer.Ordinal))
            if (one.Members.TryGetValue(name, out var left) && other.Members.TryGetValue(name, out var right))
                Compare(left, right, Member(place, name));
            else
                Add(Member(place, name));
    }

    private void CompareItems(JsonTree one, JsonTree other, string place)
    {
        var count = Math.Min(one.Items.Count, other.Items.Count);
        for (var at = 0; at < count; at++)
            Compare(one.Items[at], other.Items[at], Item(place, at));
        if (one.Items.Count != other.Items.Count) Add(Item(place, count));
    }

    private void Add(string place)
    {
        if (_places.Count < MostPlaces) _places.Add(place.Length == 0 ? Root : place);
    }

    private static bool IsSame(JsonTree one, JsonTree other) =>
        one.Text == other.Text || (one.Type == JsonTokenType.Number && IsSameNumber(one.Text, other.Text));

    // Whole numbers of 64 bits are exact in both databases, all others have the precision of a double.
    private static bool IsSameNumber(string one, string other)
    {
        var (culture, whole) = (CultureInfo.InvariantCulture, NumberStyles.AllowLeadingSign);
        if (Int128.TryParse(one, whole, culture, out var left) && Int128.TryParse(other, whole, culture, out var right)
            && IsExact(left) && IsExact(right))
            return left == right;
        return double.TryParse(one, NumberStyles.Float, culture, out var first)
            && double.TryParse(other, NumberStyles.Float, culture, out var second) && first.Equals(second);
    }

    private static bool IsExact(Int128 number) => number >= long.MinValue && number <= ulong.MaxValue;

    private static string Member(string place, string name)
    {
        var isWord = name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        return isWord ? place.Length == 0 ? name : $"{place}.{name}" : $"{place}[{name}]";
    }

    private static string Item(string place, int at) => string.Create(CultureInfo.InvariantCulture, $"{place}[{at}]");
}
