using System.Security.Cryptography;
using System.Text;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>The places of a run on the volume.</summary>
/// <param name="Root">The volume's folder, without links.</param>
/// <param name="Table">The table, which names the folder of the files.</param>
/// <param name="RunKey">The key of the run.</param>
internal sealed record VolumeLayout(string Root, string Table, string RunKey)
{
    /// <summary>The name of the file that marks a folder as a run's, until the run is over.</summary>
    public const string Marker = ".tracebloc-run";

    /// <summary>The volume's folder as specifications write it, wherever it is mounted.</summary>
    private const string Written = $"{DatasetFolder.Volume}/";

    private const string Hidden = ".tracebloc", Staging = ".tracebloc-staging";

    /// <summary>The folder of the data set's files.</summary>
    public string Place => Path.Combine(Root, Table);

    public string PlaceMarker => Path.Combine(Place, Marker);

    /// <summary>Holds what runs under way have on the volume.</summary>
    public string HiddenRoot => Path.Combine(Root, Hidden);

    /// <summary>The start of the names of this run's folders; a key may have letters that no file's name has.</summary>
    public string FolderPrefix =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RunKey)))[..32]}-";

    /// <summary>The layout of a run.</summary>
    /// <exception cref="IngestorException">The volume is absent.</exception>
    public static VolumeLayout Of(string storage, string table, string runKey) =>
        new(RealRoot(storage), table, runKey);

    /// <summary>The folder of this run that one of its attempts owns.</summary>
    public string FolderOf(Guid owner) => Path.Combine(HiddenRoot, FolderPrefix + owner.ToString("N"));

    /// <summary>The folder that uploads go to.</summary>
    public static string StagingArea(string root) => Path.Combine(root, Staging);

    /// <summary>True for a path in the folder that uploads go to: its files are moved, and not copied.</summary>
    public bool IsStaged(string path) => IsBelow(path, StagingArea(Root));

    /// <summary>Resolves a path of the specification, which must be on the volume whatever links it has.</summary>
    /// <param name="name">The key of the specification, for messages.</param>
    /// <param name="path">The path; a relative one is below the volume, and <c>/data/shared</c> is the volume.</param>
    /// <returns>The path without links.</returns>
    /// <exception cref="IngestorException">It is absent or elsewhere.</exception>
    public string Resolve(string name, string path)
    {
        var given = Given(path);
        if (UserPath.Real(given) is not { } real)
            throw new IngestorException(
                IngestorExit.Failed, $"{name}: {given} does not exist; check the path and that the data was uploaded")
            {
                IsFinal = true,
            };
        return IsBelow(real, Root)
            ? real
            : throw new IngestorException(
                IngestorExit.Usage, $"{name}: {given} is not on the volume {Root}; put the data there");
    }

    /// <summary>The place of a path of the specification, which need not exist.</summary>
    public string Given(string path) => Path.Combine(
        Root, path.StartsWith(Written, StringComparison.Ordinal) ? path[Written.Length..].TrimStart('/') : path);

    /// <summary>The volume's folder, without links.</summary>
    /// <exception cref="IngestorException">The volume is absent.</exception>
    public static string RealRoot(string storage) => UserPath.Real(storage) is { } root && Directory.Exists(root)
        ? root
        : throw new IngestorException(
            IngestorExit.Usage, $"Volume {storage} does not exist; mount it, or set STORAGE_PATH to its folder");

    /// <summary>True for the folder of the data set's files, and for what is below it.</summary>
    public bool IsPlaced(string path) => path == Place || IsBelow(path, Place);

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);
}
