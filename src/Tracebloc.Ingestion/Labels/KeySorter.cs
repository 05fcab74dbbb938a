using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Ingestion.Labels;

/// <summary>
/// Sorts the values of a label: eight bytes a row in memory, and sorted runs in a file of a scratch folder beyond a
/// budget. The file is gone when the sorter is disposed.
/// </summary>
/// <param name="folder">The scratch folder; it must exist once the budget is used up.</param>
/// <param name="budgetBytes">The bytes in memory while keys are added.</param>
public sealed class KeySorter(string folder, int budgetBytes = KeySorter.Budget) : IDisposable
{
    /// <summary>The bytes in memory unless others are given: 4 MiB.</summary>
    public const int Budget = 4 << 20;

    private const int FirstCapacity = 1024;

    // Half of the budget is for the keys, half for sorting them.
    private readonly int _most = Math.Max(1, budgetBytes / (2 * sizeof(ulong)));
    private readonly List<(long Offset, int Count)> _runs = [];
    private ulong[] _keys = [];
    private ulong[] _scratch = [];
    private int _count;
    private SafeFileHandle? _file;
    private long _written;

    /// <summary>The number of keys.</summary>
    public long Count { get; private set; }

    /// <summary>The number of runs in the file.</summary>
    internal int Runs => _runs.Count;

    /// <summary>Adds a key.</summary>
    /// <exception cref="IOException">The scratch folder takes no more.</exception>
    public void Add(ulong key)
    {
        if (_count == _keys.Length) MakeRoom();
        _keys[_count++] = key;
        Count++;
    }

    /// <summary>Adds a key as often as a number of rows has it.</summary>
    /// <exception cref="IOException">The scratch folder takes no more.</exception>
    public void Add(KeyRun run)
    {
        for (var i = 0L; i < run.Count; i++) Add(run.Key);
    }

    /// <summary>The distinct keys in ascending order. Keys may be added afterwards; then this begins anew.</summary>
    /// <exception cref="IOException">The scratch file cannot be read.</exception>
    public IEnumerable<KeyRun> Sorted()
    {
        Sort();
        return Grouped(_file is null ? _keys.Take(_count) : Merged(_file));
    }

    /// <summary>Removes the scratch file.</summary>
    public void Dispose() => _file?.Dispose();

    private static IEnumerable<KeyRun> Grouped(IEnumerable<ulong> keys)
    {
        var run = default(KeyRun);
        foreach (var key in keys)
        {
            if (run.Count > 0 && key != run.Key)
            {
                yield return run;
                run = default;
            }

            run = new(key, run.Count + 1);
        }

        if (run.Count > 0) yield return run;
    }

    private IEnumerable<ulong> Merged(SafeFileHandle file)
    {
        var buffered = Math.Max(1, _most / (_runs.Count + 1));
        var heads = new PriorityQueue<SpilledRun, ulong>();
        foreach (var (offset, count) in _runs)
        {
            var run = new SpilledRun(file, offset, count, buffered);
            if (run.MoveNext()) heads.Enqueue(run, run.Current);
        }

        var next = 0;
        while (heads.TryPeek(out var run, out var key) || next < _count)
        {
            if (run is null || (next < _count && _keys[next] <= key))
            {
                yield return _keys[next++];
                continue;
            }

            yield return key;
            if (run.MoveNext()) heads.DequeueEnqueue(run, run.Current);
            else heads.Dequeue();
        }
    }

    private void MakeRoom()
    {
        if (_keys.Length < _most)
        {
            Array.Resize(ref _keys, (int)Math.Min(_most, Math.Max(FirstCapacity, 2L * _keys.Length)));
            return;
        }

        Sort();
        _file ??= File.OpenHandle(
            Path.Combine(folder, $"label-{Path.GetRandomFileName()}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(_keys.AsSpan(0, _count)), _written);
        _runs.Add((_written, _count));
        _written += (long)_count * sizeof(ulong);
        _count = 0;
    }

    private void Sort()
    {
        if (_scratch.Length < _count) _scratch = new ulong[_keys.Length];
        RadixSort.Sort(_keys.AsSpan(0, _count), _scratch);
    }
}
