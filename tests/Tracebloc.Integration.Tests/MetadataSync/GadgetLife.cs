using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>One object from its creation on, by the API server's answers to the calls of a test.</summary>
internal sealed class GadgetLife
{
    private readonly HashSet<int> _sizes = [];
    private int _last;

    /// <summary>It was marked immutable while it was alive; and it was so as last seen alive.</summary>
    private bool _wasImmutable, _isImmutable;

    /// <summary>Its deletion was asked for.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Our finalizer was on it, and so it had a row.</summary>
    public bool WasHeld { get; private set; }

    private string[] States => (_wasImmutable, IsDeleted) switch
    {
        (true, true) => ["deleted", "evicted"],
        (true, false) => _isImmutable ? ["evicted"] : [],
        (false, true) => ["deleted"],
        _ => [],
    };

    /// <summary>Takes an answer.</summary>
    public void See(JsonObject gadget)
    {
        var size = SizeOf(gadget);
        _sizes.Add(size);
        WasHeld |= IsHeld(gadget);
        IsDeleted |= IsMarked(gadget, Marks.Deleting);
        if (IsLeaving(gadget)) return;
        (_last, _isImmutable) = (size, IsMarked(gadget, Marks.Immutable));
        _wasImmutable |= _isImmutable;
    }

    /// <summary>The first thing that is wrong in the end.</summary>
    /// <param name="gadget">The object; null where it is gone.</param>
    /// <param name="row">Its row; null where it has none.</param>
    public string? Wrong(JsonObject? gadget, StoredGadget? row) => (gadget, row) switch
    {
        (not null, null) => "has no row",
        (null, null) => IsDeleted && !WasHeld ? null : "is gone, and has no row",
        (not null, not null) when IsLeaving(gadget) =>
            IsHeld(gadget) ? "is leaving, and held by us"
            : WrongState(row) ?? (row.State == "deleted" ? row.Differs(gadget) : WrongCopy(row)),
        (not null, not null) =>
            IsMarked(gadget, Marks.Immutable) || IsMarked(gadget, Marks.Deleting) ? "is marked to leave, and alive"
            : !IsHeld(gadget) ? "is not held by us"
            : row.State != "live" ? $"is alive, and its row {row.State}"
            : row.Differs(gadget),
        (null, not null) => WrongState(row) ?? WrongCopy(row),
    };

    /// <summary>It ends when no finalizer is left.</summary>
    public static bool IsLeaving(JsonObject gadget) => gadget["metadata"]!["deletionTimestamp"] is not null;

    private string? WrongState(StoredGadget row) => States.Contains(row.State)
        ? null
        : $"has left, and its row is {row.State}, not {string.Join(" or ", States.DefaultIfEmpty("alive"))}";

    private string? WrongCopy(StoredGadget row)
    {
        var size = SizeOf(row.Json);
        if (row.Size != size) return $"has size {size}, and {row.Size} in the column";
        if (row.State == "evicted" && IsHeld(row.Json)) return "is evicted, and its copy has our finalizer";
        return row.State == "evicted" && !IsDeleted && size != _last ? $"was evicted with size {size}, not {_last}"
            : _sizes.Contains(size) ? null
            : $"never had size {size}";
    }

    private static int SizeOf(JsonObject gadget) => (int)gadget["spec"]!["size"]!;

    private static bool IsHeld(JsonObject gadget) =>
        (gadget["metadata"]!["finalizers"]?.AsArray() ?? []).Any(each => (string?)each == Marks.Finalizer);

    private static bool IsMarked(JsonObject gadget, string annotation) =>
        (string?)gadget["metadata"]!["annotations"]?[annotation] == Marks.True;
}
