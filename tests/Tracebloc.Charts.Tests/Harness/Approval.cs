namespace Tracebloc.Charts.Tests.Harness;

/// <summary>
/// Text that is kept in the repository, so that a change of it is seen. To accept one, run the tests with
/// <c>APPROVE=1</c> in the environment, or <c>dotnet cake --target=ChartDocs</c>.
/// </summary>
internal static class Approval
{
    public static void Verify(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(file, text);
        else
            Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }
}
