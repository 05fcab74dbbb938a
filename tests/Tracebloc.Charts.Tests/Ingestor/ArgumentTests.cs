using System.Text.RegularExpressions;
using Tracebloc.Testing;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The hook gives <c>ingestor submit</c> options that it has, with a value where they take one.</summary>
public sealed partial class ArgumentTests
{
    private static readonly string Template = IngestorChart.Chart.Read("templates/_submit.tpl");

    // As the program writes it; a test of the program compares the two.
    private static readonly string Help = Documents.Read("tests/Tracebloc.Ingestor.Tests/CommandLineHelp/submit.txt");

    private static IReadOnlySet<string> Options =>
        Documented().Matches(Help).Select(option => FormOf(option, " ")).ToHashSet();

    [Fact]
    public void Every_option_of_the_hook_is_one_of_the_program()
    {
        Assert.NotEmpty(Given(Template));
        Assert.Empty(Unknown(Template));
    }

    [Fact]
    public async Task The_hook_is_given_options_of_this_template_only()
    {
        var hook = await IngestorChart.HookAsync("submit: {parallelism: 2, wait: {enabled: true}}");
        var options = hook.Container("submit").Arguments.Where(argument => argument.StartsWith('-'));

        Assert.Subset(Given(Template).ToHashSet(), options.Select(option => FormOf(Passed().Match($"- {option}"), "="))
            .ToHashSet());
    }

    [Theory]
    [InlineData("--to=", "--url=")]
    [InlineData("--config-map=", "--configmap=")]
    [InlineData("- --wait\n", "- --wait=true\n")]
    [InlineData("--timeout=", "--timeout\n- ")]
    public void An_option_that_the_program_lacks_is_found(string given, string wrong)
    {
        Assert.Contains(given, Template);

        Assert.NotEmpty(Unknown(Template.Replace(given, wrong, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Unknown(string template) => Given(template).Except(Options);

    private static IEnumerable<string> Given(string template) =>
        Passed().Matches(template).Select(option => FormOf(option, "="));

    /// <summary><c>--wait</c>, or <c>--timeout VALUE</c>.</summary>
    private static string FormOf(Match option, string separator) =>
        option.Groups["name"].Value + (option.Groups["value"].Value.StartsWith(separator, StringComparison.Ordinal)
            ? " VALUE"
            : "");

    [GeneratedRegex("(?m)^- (?<name>--[a-z-]+)(?<value>=?)")]
    private static partial Regex Passed();

    [GeneratedRegex("(?m)^  (-[a-z], )?(?<name>--[a-z-]+)(?<value>( <)?)")]
    private static partial Regex Documented();
}
