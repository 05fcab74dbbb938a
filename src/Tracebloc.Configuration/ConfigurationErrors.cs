namespace Tracebloc.Configuration;

/// <summary>Collects all errors of one file, so that they are reported at once.</summary>
/// <param name="file">The file as the user named it.</param>
public sealed class ConfigurationErrors(string file)
{
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>True while no error was found.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>The file as the user named it.</summary>
    public string File => file;

    /// <summary>The errors, by line.</summary>
    public IReadOnlyList<ConfigurationError> InOrder() =>
        [.. _errors.OrderBy(error => error.Line)];

    /// <summary>Ends reading when anything was found wrong.</summary>
    /// <exception cref="ConfigurationException">Holds all of it.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new ConfigurationException(InOrder());
    }

    /// <summary>Something is wrong with a node, or with where it stands.</summary>
    public void Add(ConfigurationNode node, string message)
    {
        ArgumentNullException.ThrowIfNull(node);
        Add(node.Line, node.Path, message);
    }

    /// <summary>Something is wrong at a line (0: nowhere in particular) or path (empty: the whole file).</summary>
    public void Add(int line, string path, string message) =>
        Add(new ConfigurationError(file, line, path, message));

    internal void Add(ConfigurationError error) => _errors.Add(error);
}
