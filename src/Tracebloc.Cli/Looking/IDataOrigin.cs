namespace Tracebloc.Cli.Looking;

/// <summary>
/// The origin of a data set. Today it is a folder or a file of this machine; a bucket would be another implementation.
/// </summary>
internal interface IDataOrigin
{
    /// <summary>The origin as the user named it.</summary>
    string Name { get; }

    /// <summary>The local folder that stands for the origin: paths of files begin with it.</summary>
    string Root { get; }

    /// <summary>Lists the files, and those of the folders that data sets have.</summary>
    /// <exception cref="CliException">The origin is absent or cannot be read.</exception>
    FolderView List(CancellationToken token);
}
