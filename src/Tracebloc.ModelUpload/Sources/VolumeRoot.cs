using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The folder that a model's files, and the links to them, stay in.</summary>
/// <param name="Given">The path as it was given.</param>
/// <param name="Path">The path without links.</param>
/// <param name="IsFile">True for a model of one file.</param>
internal sealed record VolumeRoot(string Given, string Path, bool IsFile)
{
    /// <exception cref="UploadException">The path is absent, or neither folder nor file.</exception>
    /// <exception cref="IOException">The system does not answer.</exception>
    public static VolumeRoot Of(string given)
    {
        var path = UserPath.Real(given) ?? throw Absent(given);
        return UnlinkedFile.KindOf(path) switch
        {
            FileKind.Regular => new VolumeRoot(given, path, IsFile: true),
            FileKind.Other when Directory.Exists(path) => new VolumeRoot(given, path, IsFile: false),
            _ => throw UploadException.OfSource($"{given} is neither a folder nor a file; give the model's folder"),
        };
    }

    /// <summary>The path that an entry of the folder leads to, without links.</summary>
    /// <exception cref="UploadException">It is a link to nothing, or out of the folder.</exception>
    /// <exception cref="FileNotFoundException">It is absent.</exception>
    /// <exception cref="IOException">The system does not answer.</exception>
    public string Inside(string entry)
    {
        if (UserPath.Real(entry) is not { } real)
            throw UnlinkedFile.KindOf(entry) == FileKind.Absent
                ? new FileNotFoundException($"{entry} does not exist", entry)
                : UploadException.OfSource(
                    $"{entry} is a link that leads to no file that this user may reach; remove or mend it");
        return real.StartsWith(Path == "/" ? Path : $"{Path}/", StringComparison.Ordinal)
            ? real
            : throw UploadException.OfSource(
                $"{entry} leads to {real}, out of {Given}; put the file itself there, or give the folder of both");
    }

    private static UploadException Absent(string given) => UploadException.OfSource(
        UnlinkedFile.KindOf(given) == FileKind.Absent
            ? $"{given} does not exist; check the path and the mount"
            : $"{given} leads to nothing that this user may reach; check the link and the rights of its folders");
}
