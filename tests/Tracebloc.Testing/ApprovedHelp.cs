namespace Tracebloc.Testing;

/// <summary>
/// The help of a program, kept as text in its test project, so that a change of it is seen. To accept one, run the
/// tests with <c>APPROVE=1</c> in the environment.
/// </summary>
public static class ApprovedHelp
{
    private static string Project => Path.Combine(AppContext.BaseDirectory, "../../..");

    /// <summary>Compares a help text without the blanks at the ends of its lines.</summary>
    /// <param name="file">The path from the test project's folder, whose files are beside the tests.</param>
    /// <param name="help">The text as the program wrote it.</param>
    /// <exception cref="InvalidOperationException">The file holds another text.</exception>
    public static void Verify(string file, string help)
    {
        var text = string.Join('\n', help.Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllText(Path.Combine(Project, file), text);
        else if (File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)) != text)
            throw new InvalidOperationException($"{file} holds another text; APPROVE=1 writes it anew:\n{text}");
    }
}
