using System.Buffers;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Takes a page that is too long to be kept: it keeps the page without its items, which has the place of the next page,
/// and the beginning of the first item.
/// </summary>
/// <param name="limit">The most bytes that are kept of either.</param>
internal sealed class LongPage(int limit)
{
    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly ArrayBufferWriter<byte> _beginning = new();
    private int _depth;
    private int _itemsDepth;
    private bool _isText;
    private bool _isEscaped;

    /// <summary>The items of the page.</summary>
    internal int Count { get; private set; }

    /// <summary>The beginning of the first item.</summary>
    internal ReadOnlyMemory<byte> Beginning => _beginning.WrittenMemory;

    /// <summary>The page without its items; the rest of an answer that broke off is missing.</summary>
    internal ReadOnlyMemory<byte> Frame => _frame.WrittenMemory;

    internal void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var letter in bytes) Take(letter);
    }

    private void Take(byte letter)
    {
        var isInItems = _itemsDepth > 0;
        if (_isText) TakeText(letter);
        else if (letter == '"') _isText = true;
        else if (letter is (byte)'{' or (byte)'[') Open(letter);
        else if (letter is (byte)'}' or (byte)']' && _depth-- == _itemsDepth) (_itemsDepth, isInItems) = (0, false);
        Keep(letter, isInItems);
    }

    private void TakeText(byte letter)
    {
        if (_isEscaped) _isEscaped = false;
        else if (letter == '\\') _isEscaped = true;
        else if (letter == '"') _isText = false;
    }

    private void Open(byte letter)
    {
        if (_itemsDepth == 0 && _depth == 1 && letter == '[' && IsAfterItems()) _itemsDepth = _depth + 1;
        else if (_itemsDepth > 0 && _depth == _itemsDepth) Count++;
        _depth++;
    }

    private bool IsAfterItems()
    {
        var before = _frame.WrittenSpan.TrimEnd(" \t\r\n"u8);
        return before is [.., (byte)':'] && before[..^1].TrimEnd(" \t\r\n"u8).EndsWith("\"items\""u8);
    }

    private void Keep(byte letter, bool isInItems)
    {
        var target = !isInItems ? _frame : Count == 1 ? _beginning : null;
        if (target is null || target.WrittenCount >= limit) return;
        target.GetSpan(1)[0] = letter;
        target.Advance(1);
    }
}
