using System.Buffers.Text;
using System.Text;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Net;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// Infers the type of one column from all of its cells. The readers of the ingestor decide what a value is, so that
/// every cell loads with the type that is inferred.
/// </summary>
internal sealed class ColumnScan(NullWords nulls)
{
    // Beyond so many different numbers, only a column that always ascends or descends counts as one of ids.
    private const int MostDistinct = 1024, LongestVarChar = 16_383, LeastIds = 10;

    // One value in ten, and not more than a hundred in all, may be mistakes in a column of numbers.
    private const int FewOthers = 10, MostOthers = 100;

    private readonly ValueReader _float = ValueReader.For(new(SqlBase.Float), nulls);
    private readonly ValueReader _date = ValueReader.For(new(SqlBase.Date), nulls);
    private readonly ValueReader _moment = ValueReader.For(new(SqlBase.DateTime), nulls);
    private readonly ValueReader _bool = ValueReader.For(new(SqlBase.Bool), nulls);
    private HashSet<long>? _distinct = [];
    private Kinds _kinds = Kinds.All;
    private string? _offset;
    private long _values;
    private long _last;
    private int _direction;
    private int _longest;
    private bool _isWide;
    private bool _isTooWide;
    private bool _hasCode;
    private long _numbers;
    private long _others;
    private string? _stray;

    [Flags]
    private enum Kinds
    {
        Word = 1,
        Whole = 2,
        Number = 4,
        Day = 8,
        Moment = 16,
        All = Word | Whole | Number | Day | Moment,
    }

    /// <summary>True for a column without any value.</summary>
    public bool IsEmpty => _values == 0;

    /// <summary>True for whole numbers that are all different, as ids are.</summary>
    public bool LooksLikeIds => _values >= LeastIds && Is(Kinds.Whole) && !_hasCode
        && (_distinct is { } seen && seen.Count == _values || _direction is 1 or -1);

    /// <summary>The first value of a text column that is no number, where nearly all are; null for none.</summary>
    public string? Stray => !_hasCode && Type.Base is SqlBase.VarChar or SqlBase.Text && _others * FewOthers <= _numbers
        ? _stray
        : null;

    /// <summary>The type that holds every cell so far.</summary>
    public SqlType Type =>
        IsEmpty ? new(SqlBase.VarChar, 1)
        : _hasCode ? Text
        : Is(Kinds.Word) ? new(SqlBase.Bool)
        : Is(Kinds.Whole) ? _isTooWide ? Text : new(_isWide ? SqlBase.BigInt : SqlBase.Int)
        : Is(Kinds.Number) ? new(SqlBase.Float)
        : Is(Kinds.Day) ? new(SqlBase.Date)
        : Is(Kinds.Moment) ? new(SqlBase.DateTime)
        : Text;

    private SqlType Text => _longest > LongestVarChar ? new(SqlBase.Text) : new(SqlBase.VarChar, _longest);

    /// <summary>Looks at a cell.</summary>
    /// <param name="cell">As its file holds it.</param>
    /// <param name="line">Its line in the file.</param>
    public void Look(Cell cell, long line)
    {
        if (nulls.Contains(cell.Text, out _)) return;
        var text = Blanks.Trim(cell.Text);
        _values++;
        if (text.Length > _longest) _longest = Math.Max(_longest, CodePoints(text));
        if (_kinds == 0 && (_hasCode || _others >= MostOthers)) return;
        if (Is(Kinds.Word) && !IsWord(text, cell)) _kinds &= ~Kinds.Word;
        if (IsWhole(text)) LookAtNumber(text);
        else _kinds &= ~Kinds.Whole;
        if (_others < MostOthers) LookForStray(text, cell, line);
        if (Is(Kinds.Moment)) LookAtMoment(text, cell);
    }

    private void LookForStray(ReadOnlySpan<byte> text, Cell cell, long line)
    {
        if (Reads(_float, cell))
        {
            _numbers++;
            return;
        }

        _kinds &= ~Kinds.Number;
        _others++;
        _stray ??= $"\"{Line.Of(Encoding.UTF8.GetString(text), 40)}\" in line {line}";
    }

    private bool Is(Kinds kind) => (_kinds & kind) != 0;

    // 1 and 0 are numbers.
    private bool IsWord(ReadOnlySpan<byte> text, Cell cell) => !char.IsAsciiDigit((char)text[0]) && Reads(_bool, cell);

    private void LookAtNumber(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (digits.Length > 1 && digits[0] == '0') _hasCode = true;
        var unsigned = text[0] == '+' ? digits : text;
        if (!Utf8Parser.TryParse(unsigned, out long number, out var length) || length < unsigned.Length)
        {
            _isTooWide = true;
            return;
        }

        if (number is < int.MinValue or > int.MaxValue) _isWide = true;
        LookAtOrder(number);
    }

    private void LookAtOrder(long number)
    {
        if (_values > 1 && _direction != 2)
        {
            var direction = number.CompareTo(_last);
            _direction = direction == 0 || (_direction != 0 && direction != _direction) ? 2 : direction;
        }

        _last = number;
        if (_distinct is not null && (!_distinct.Add(number) || _distinct.Count > MostDistinct)) _distinct = null;
    }

    private void LookAtMoment(ReadOnlySpan<byte> text, Cell cell)
    {
        if (!IsIso(text) || !Reads(_moment, cell))
        {
            _kinds &= ~(Kinds.Day | Kinds.Moment);
            return;
        }

        if (Is(Kinds.Day) && (text.Length > 10 || !Reads(_date, cell))) _kinds &= ~Kinds.Day;
        var offset = OffsetOf(text);
        _offset ??= offset;
        // Two offsets in one column would become one clock without a word.
        if (offset != _offset) _kinds &= ~(Kinds.Day | Kinds.Moment);
    }

    private static bool Reads(ValueReader reader, Cell cell)
    {
        var output = new CellOutput(stackalloc byte[CellOutput.ScratchBytes]);
        return reader.Read(cell, ref output) == CellVerdict.Value;
    }

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        return !digits.IsEmpty && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool IsIso(ReadOnlySpan<byte> text) =>
        text.Length >= 8 && text[4] is (byte)'-' or (byte)'/'
        && text[..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static string OffsetOf(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 10) return "";
        var time = text[10..];
        var at = time.IndexOfAny("+-Zz"u8);
        return at < 0 ? "" : Encoding.UTF8.GetString(time[at..]).ToUpperInvariant();
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var each in text)
            if ((each & 0xC0) != 0x80) count++;
        return count;
    }
}
