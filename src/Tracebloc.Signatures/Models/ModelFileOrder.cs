using System.Text;

namespace Tracebloc.Signatures.Models;

/// <summary>The two orders in which files are hashed into the subject of a statement.</summary>
internal static class ModelFileOrder
{
    /// <summary>Compares paths by their UTF-8 bytes: the order of OMS.</summary>
    public static int CompareBytes(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    /// <summary>
    /// Compares paths folder by folder, as the Python tool sorts (pathlib): <c>a/b</c> stands before <c>a.b</c>.
    /// </summary>
    public static int CompareParts(string left, string right)
    {
        var (lefts, rights) = (left.Split('/'), right.Split('/'));
        for (var i = 0; i < lefts.Length && i < rights.Length; i++)
            if (CompareBytes(lefts[i], rights[i]) is not 0 and var order)
                return order;
        return lefts.Length.CompareTo(rights.Length);
    }
}
