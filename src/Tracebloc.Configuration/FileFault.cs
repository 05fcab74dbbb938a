namespace Tracebloc.Configuration;

/// <summary>Error messages about unreadable files, with the remedy.</summary>
public static class FileFault
{
    /// <summary>The error message for a path that the system rejected.</summary>
    public static string Describe(string path, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            _ when Directory.Exists(path) => "is a directory; name the file in it",
            FileNotFoundException or DirectoryNotFoundException =>
                "does not exist; check the path and that it is mounted",
            UnauthorizedAccessException => "is not readable by this user; check the file's mode and owner",
            _ => $"cannot be read: {exception.Message}",
        };
    }
}
