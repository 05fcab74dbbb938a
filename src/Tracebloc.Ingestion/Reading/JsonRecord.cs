using System.Text;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Reading;

/// <summary>One record of JSON while it is read, its values by column: keys come in any order.</summary>
/// <param name="required">The columns that no record may lack.</param>
internal sealed class JsonRecord(IReadOnlyCollection<string> required)
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly HashSet<string> _required = [.. required];
    private readonly List<byte[]> _keys = [];
    private (int Start, int Length, bool WasString)[] _cells = [];
    private bool[] _isSet = [];
    private byte[] _text = [];
    private int _used;
    private int _column;
    private string? _ignored;
    private bool _isFirst = true;

    /// <summary>The columns: the keys of the first record; none before its end.</summary>
    public IReadOnlyList<string> Names => _isFirst ? [] : _names;

    /// <summary>The first fault of the record; null for none.</summary>
    public string? Fault { get; private set; }

    /// <summary>The column or key of the value that is read next.</summary>
    private string Name => _ignored ?? _names[_column];

    public void Begin()
    {
        (_used, _column, _ignored, Fault) = (0, -1, null, null);
        Array.Clear(_isSet);
    }

    /// <summary>Takes a key.</summary>
    /// <param name="raw">Between its quotes.</param>
    /// <param name="isEscaped">True where it has escapes.</param>
    public void Key(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        (_ignored, var next) = (null, _column + 1);
        if (!isEscaped && next < _keys.Count && raw.SequenceEqual(_keys[next]))
            _column = next;
        else
            Find(raw);
        if (_ignored is not null || !_isSet[_column]) return;
        Fail($"\"{Name}\" appears twice; remove one of them");
    }

    /// <summary>Takes the value of the last key.</summary>
    /// <param name="raw">As it was written, a string without its quotes.</param>
    /// <param name="isString">True for a string.</param>
    /// <param name="isEscaped">True where it has escapes.</param>
    public void Value(ReadOnlySpan<byte> raw, bool isString, bool isEscaped)
    {
        // A record with a fault is not kept, however long it is.
        if (_ignored is not null || Fault is not null) return;
        if (raw.Length > JsonReader.LongestValue - _used)
        {
            Fail("is longer than 64 MiB; split it");
            return;
        }

        if (_text.Length - _used < raw.Length) _text = RecordBatchBuilder.Grown(_text, _used + raw.Length);
        var room = _text.AsSpan(_used, raw.Length);
        var length = raw.Length;
        if (isEscaped) length = JsonText.Unescape(raw, room);
        else raw.CopyTo(room);
        if (length < 0 || (isString && !EncodingCheck.IsText(room[..length])))
        {
            Fail($"\"{Name}\" holds bytes that are no UTF-8 text; save the file as UTF-8, without NUL");
            return;
        }

        _cells[_column] = (_used, length, isString);
        _isSet[_column] = true;
        _used += length;
    }

    /// <summary>Notes that the value of the last key is an object or an array.</summary>
    public void Nested()
    {
        if (_ignored is null) Fail($"\"{Name}\" holds an object or array; write a text, a number, true, false or null");
    }

    public void Fail(string fault) => Fault ??= fault;

    /// <summary>Ends the record.</summary>
    /// <returns>True without a fault.</returns>
    public bool End()
    {
        _isFirst = false;
        for (var i = 0; i < _names.Count && Fault is null; i++)
            if (!_isSet[i] && _required.Contains(_names[i]))
                Fail($"lacks \"{_names[i]}\"; write null for a missing value");
        return Fault is null;
    }

    public void AddTo(RecordBatchBuilder builder)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            var (start, length, wasString) = _isSet[i] ? _cells[i] : default;
            builder.Add(_text.AsSpan(start, length), wasString);
        }
    }

    private void Find(ReadOnlySpan<byte> raw)
    {
        Span<byte> plain = new byte[raw.Length];
        var length = JsonText.Unescape(raw, plain);
        if (length < 0 || !EncodingCheck.IsText(plain[..length]))
        {
            _ignored = "";
            Fail("a key holds bytes that are no UTF-8 text; save the file as UTF-8, without NUL");
            return;
        }

        var name = Encoding.UTF8.GetString(Blanks.Trim(plain[..length]));
        if (_places.TryGetValue(name, out var place)) _column = place;
        else if (_isFirst && _names.Count < CsvRecords.MostColumns) AddColumn(name, raw);
        else Ignore(name);
    }

    private void AddColumn(string name, ReadOnlySpan<byte> raw)
    {
        _column = _names.Count;
        _places.Add(name, _column);
        _names.Add(name);
        _keys.Add(raw.ToArray());
        if (_cells.Length >= _names.Count) return;
        Array.Resize(ref _cells, 2 * _names.Count);
        Array.Resize(ref _isSet, 2 * _names.Count);
    }

    // A key that the first record lacks has no column.
    private void Ignore(string name)
    {
        _ignored = name;
        if (_isFirst) Fail($"has more than {CsvRecords.MostColumns:N0} keys; remove some");
        if (_required.Contains(name)) Fail($"has \"{name}\", which the first record lacks; write null there");
    }
}
