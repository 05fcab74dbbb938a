using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Net.Files;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The files of earlier runs at a volume: published, about to be, or staged. Only reads.</summary>
internal sealed class VolumeState
{
    // Larger files are on the disk before their name says so; smaller ones are hashed again after a crash.
    public const long Flushed = 1 << 20;

    private readonly VolumePlace _place;
    private readonly Dictionary<string, RecordedFile> _known;
    private readonly ILookup<string, string> _staged;

    private VolumeState(VolumePlace place, IEnumerable<RecordedFile> known, IEnumerable<string> staged, bool isSigned)
    {
        _place = place;
        _known = known.GroupBy(file => file.Path).ToDictionary(same => same.Key, same => same.Last());
        _staged = staged.ToLookup(StagedName.KeyOf);
        IsSigned = isSigned;
    }

    /// <summary>True where <c>model.sig</c> is an earlier run's.</summary>
    public bool IsSigned { get; }

    /// <summary>The files that earlier runs published and that are theirs still.</summary>
    public IEnumerable<string> Published => _known.Values.Where(IsUntouched).Select(file => file.Path);

    public static async Task<VolumeState> ReadAsync(VolumePlace place, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(place.Base))
            return new VolumeState(place, [], [], isSigned: false);
        var record = await VolumeRecord.ReadAsync(place.Record, cancellationToken);
        var next = await VolumeRecord.ReadAsync(place.Next, cancellationToken);
        var staged = Directory.Exists(place.Staging)
            ? Directory.EnumerateFileSystemEntries(place.Staging).Select(path => Path.GetFileName(path)).ToList()
            : [];
        var isSigned = record is { IsSigned: true } || next is { IsSigned: true };
        return new VolumeState(place, [.. record?.Files ?? [], .. next?.Files ?? []], staged, isSigned);
    }

    /// <summary>The file where it is published with these bytes; else null.</summary>
    public RecordedFile? Find(SourceFile file) =>
        _known.GetValueOrDefault(file.Path.Text) is { } known && known.Holds(file) && IsUntouched(known) ? known : null;

    /// <summary>The digest of the whole file where it is staged; else null.</summary>
    public async Task<Digest?> FindStagedAsync(SourceFile file, CancellationToken cancellationToken)
    {
        foreach (var name in _staged[StagedName.Key(file)])
        {
            var path = Path.Combine(_place.Staging, name);
            if (StagedName.Content(name, file) is not { } content || UnlinkedFile.KindOf(path) != FileKind.Regular)
                continue;
            var length = FileStamp.Of(path).Length;
            if (file.Length is { } stated && stated != length)
                continue;
            if (length > Flushed || await HashAsync(path, cancellationToken) == content.Hex)
                return content;
        }
        return null;
    }

    /// <summary>The bytes of a part of the file that is staged.</summary>
    public long Kept(SourceFile file) => file.Stated.Count > 0 ? Length(StagedName.Part(file)) : 0;

    /// <summary>The staged files that belong to none of these.</summary>
    public IEnumerable<string> Leftovers(IReadOnlyList<SourceFile> files)
    {
        var wanted = files.Select(StagedName.Key).ToHashSet(StringComparer.Ordinal);
        return _staged.Where(same => !wanted.Contains(same.Key)).SelectMany(same => same);
    }

    public long Length(string staged)
    {
        var path = Path.Combine(_place.Staging, staged);
        return UnlinkedFile.KindOf(path) == FileKind.Regular ? FileStamp.Of(path).Length : 0;
    }

    /// <summary>The reason for which a file cannot have its place; null where it can.</summary>
    public string? Conflict(ModelPath path)
    {
        var segments = path.Segments;
        for (var count = 1; count <= segments.Count; count++)
        {
            var name = string.Join('/', segments.Take(count));
            var kind = UnlinkedFile.KindOf(Path.Combine(_place.Base, name));
            if (kind == FileKind.Absent || (kind == FileKind.Regular && _known.ContainsKey(name)))
                return null;
            if (count < segments.Count && kind != FileKind.Other)
                return $"{name} there is no folder";
            if (count == segments.Count && kind == FileKind.Other && !IsFolderOfRecord(name))
                return $"{name} there is no file";
        }
        return null;
    }

    /// <summary>The stamp of a file as the record has it: renaming keeps it.</summary>
    public static string Stamp(string path) => VolumeSource.Version(FileStamp.Of(path));

    private bool IsFolderOfRecord(string name) =>
        _known.Keys.Any(path => path.StartsWith($"{name}/", StringComparison.Ordinal));

    private bool IsUntouched(RecordedFile file)
    {
        var path = Path.Combine(_place.Base, file.Path);
        return UnlinkedFile.KindOf(path) == FileKind.Regular && !VolumeFile.IsLinked(path) && Stamp(path) == file.Stamp;
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(UnlinkedFile.Open(path), FileAccess.Read);
        return Convert.ToHexStringLower(
            await System.Security.Cryptography.SHA256.HashDataAsync(content, cancellationToken));
    }
}
