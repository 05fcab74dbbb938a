using System.Text;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A cell of keypoints: a JSON object of names, each with a point or a flag.</summary>
internal sealed class KeypointCell
{
    private const int Levels = 4, MostNames = 10_000;

    private readonly List<byte[]> _names = [];
    private readonly List<(double X, double Y)> _points = [];
    private int _distinct = -1;

    /// <summary>The number of names.</summary>
    public int Count { get; private set; }

    /// <summary>The points in the order of the names.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _points;

    /// <summary>Reads an object of points: <c>[x, y]</c> or <c>{"x": x, "y": y}</c>.</summary>
    /// <returns>The fault; null for none.</returns>
    public string? ReadPoints(ReadOnlySpan<byte> cell) => Read(cell, isFlags: false);

    /// <summary>Reads an object of flags: 0 or 1.</summary>
    /// <returns>The fault; null for none.</returns>
    public string? ReadFlags(ReadOnlySpan<byte> cell) => Read(cell, isFlags: true);

    /// <summary>True for the same names in any order.</summary>
    public bool HasNamesOf(KeypointCell other)
    {
        if (Count != other.Count) return false;
        var isSame = true;
        for (var i = 0; i < Count && isSame; i++) isSame = _names[i].AsSpan().SequenceEqual(other._names[i]);
        return isSame || Sorted().SequenceEqual(other.Sorted(), StringComparer.Ordinal);
    }

    private IEnumerable<string> Sorted() =>
        _names.Take(Count).Select(Encoding.UTF8.GetString).Order(StringComparer.Ordinal);

    private string? Read(ReadOnlySpan<byte> cell, bool isFlags)
    {
        Count = 0;
        _points.Clear();
        var form = isFlags ? "{\"NAME\": 0 or 1, …}" : "{\"NAME\": [X, Y], …}";
        cell = Columns.Blanks.Trim(cell);
        if (cell.IsEmpty) return $"is empty; write {form}";
        if (cell[0] != (byte)'{') return $"is no JSON object; write {form}";
        // Names in single quotes, as Python prints them, are common: a million of them cost no exceptions.
        if (cell[^1] != (byte)'}' || Columns.Blanks.Trim(cell[1..])[0] is not ((byte)'"' or (byte)'}'))
            return $"is not JSON; write {form}";
        try
        {
            var reader = new Utf8JsonReader(cell, new() { MaxDepth = Levels });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (Count == MostNames) return $"has more than {MostNames:N0} names; is this a row of keypoints?";
                if (!TryAdd(ref reader)) return $"is not JSON; write {form}";
                if (ReadValue(ref reader, isFlags) is { } fault) return fault;
            }

            // Text after the object throws.
            reader.Read();
            return RepeatedName();
        }
        catch (JsonException)
        {
            return $"is not JSON; write {form}";
        }
    }

    /// <returns>False for a name that is no text.</returns>
    private bool TryAdd(ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            var plain = new byte[name.Length];
            var length = Reading.JsonText.Unescape(name, plain);
            if (length < 0) return false;
            name = plain.AsSpan(0, length);
        }

        Add(name);
        return true;
    }

    private void Add(ReadOnlySpan<byte> name)
    {
        // Rows repeat their names, mostly in one order.
        if (Count == _names.Count || !name.SequenceEqual(_names[Count]))
        {
            if (Count == _names.Count) _names.Add(name.ToArray());
            else _names[Count] = name.ToArray();
            _distinct = -1;
        }

        Count++;
    }

    private string? RepeatedName()
    {
        if (Count == _distinct) return null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _names.Take(Count).Select(Encoding.UTF8.GetString))
            if (!seen.Add(name)) return $"names {Shown(name)} twice; remove one";
        _distinct = Count;
        return null;
    }

    private string? ReadValue(ref Utf8JsonReader reader, bool isFlags)
    {
        reader.Read();
        if (isFlags)
            return reader.TokenType == JsonTokenType.Number && reader.ValueSpan is [(byte)'0' or (byte)'1']
                ? null
                : $"has no 0 or 1 for {LastName}; write one";
        var point = reader.TokenType switch
        {
            JsonTokenType.StartArray => Pair(ref reader),
            JsonTokenType.StartObject => Named(ref reader),
            _ => null,
        };
        if (point is not { } found) return $"has no point for {LastName}; write [X, Y] with two numbers";
        _points.Add(found);
        return found.X < 0 || found.Y < 0 ? $"has a negative coordinate for {LastName}; correct it" : null;
    }

    private static (double X, double Y)? Pair(ref Utf8JsonReader reader)
    {
        var (x, y) = (Number(ref reader), Number(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray && x is { } left && y is { } top
            ? (left, top)
            : null;
    }

    private static (double X, double Y)? Named(ref Utf8JsonReader reader)
    {
        double? x = null, y = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isX = reader.ValueTextEquals("x"u8);
            if (!isX && !reader.ValueTextEquals("y"u8)) return null;
            // The end of a nested object is not that of the point.
            if (Number(ref reader) is not { } number) return null;
            if (isX) x = number;
            else y = number;
        }

        return x is { } left && y is { } top ? (left, top) : null;
    }

    private static double? Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number)
        && double.IsFinite(number) ? number : null;

    private string LastName => Shown(Encoding.UTF8.GetString(_names[Count - 1]));

    private static string Shown(string name) => $"\"{Line.Of(name, 40)}\"";
}
