using System.Text;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A share of a data set's files, by their names: no two shares have a file.</summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="Count">The number of shares.</param>
public sealed record FilesShare(int Number, int Count)
{
    /// <summary>All files.</summary>
    public static FilesShare All { get; } = new(0, 1);

    /// <summary>True for a file of this share.</summary>
    public bool Has(string name) =>
        Count == 1 || Crc32C.Add(uint.MaxValue, Encoding.UTF8.GetBytes(name)) % (uint)Count == Number;
}
