using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Access;

namespace Tracebloc.JobsManager.Tests.Access;

public sealed class AccessPolicyTests
{
    private static readonly Caller Ingestor = new("tracebloc", "ingestor");

    [Theory]
    [InlineData("{service_account: ingestor, table_prefixes: [houses_]}", true)]
    [InlineData("{service_account: ingestor, namespace: tracebloc, table_prefixes: [flats_, houses_train]}", true)]
    [InlineData("{service_account: \"*\", namespace: \"*\", table_prefixes: [\"*\"]}", true)]
    [InlineData("{service_account: ingestor, table_prefixes: [\"*\"]}", true)]
    [InlineData("{service_account: ingestor, namespace: other, table_prefixes: [\"*\"]}", false)]
    [InlineData("{service_account: other, table_prefixes: [\"*\"]}", false)]
    [InlineData("{service_account: ingestor, table_prefixes: [Houses_]}", false)]
    [InlineData("{service_account: ingestor, table_prefixes: [houses_train_2]}", false)]
    [InlineData("{service_account: ingestor, table_prefixes: []}", false)]
    public void An_entry_is_for_an_account_and_the_tables_of_its_prefixes(string entry, bool isAllowed) =>
        Assert.Equal(isAllowed, Read($"allowed: [{entry}]").Allows(Ingestor, "houses_train"));

    [Theory]
    [InlineData("allowed: []")]
    [InlineData("allowed:")]
    [InlineData("{}")]
    public void Without_an_entry_no_account_may_write(string text) => Assert.Empty(Read(text).Rules);

    [Theory]
    [InlineData("", "policy.yaml: the file is empty; it must hold the configuration")]
    [InlineData("allow: []", "policy.yaml:1: allow: is not a known key; did you mean allowed?")]
    [InlineData(
        "allowed:\n- {service_acount: a, table_prefixes: [b]}",
        "policy.yaml:2: allowed[0]: service_account is missing; write service_account: ingestor\n"
        + "policy.yaml:2: allowed[0].service_acount: is not a known key; did you mean service_account?")]
    [InlineData(
        "allowed:\n- {service_account: a}",
        "policy.yaml:2: allowed[0]: table_prefixes is missing; write table_prefixes: [\"team_\"], or [\"*\"] for "
        + "every table")]
    [InlineData(
        "allowed:\n- {service_account: a, table_prefixes: [b*]}",
        "policy.yaml:2: allowed[0].table_prefixes[0]: \"b*\" is not a prefix of tables; write letters, digits and _, "
        + "or * alone for every table")]
    public void A_wrong_file_is_answered_with_path_line_and_remedy(string text, string message)
    {
        var errors = new ConfigurationErrors("policy.yaml");

        Assert.Null(AccessPolicyReader.Read(text, "tracebloc", errors));
        Assert.Equal(message, string.Join('\n', errors.InOrder()));
    }

    [Fact]
    public void The_prefixes_of_an_account_are_those_of_all_its_entries() => Assert.Equal(
        ["a_", "b_", "c_"],
        Read("allowed: [{service_account: ingestor, table_prefixes: [a_, b_]}, "
            + "{service_account: x, table_prefixes: [d_]}, {service_account: \"*\", table_prefixes: [b_, c_]}]")
            .PrefixesOf(Ingestor));

    [Fact]
    public void A_table_is_allowed_exactly_where_one_of_the_prefixes_begins_it() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>(),
        ArbMap.Default.ArbFor<NonEmptyString[]>(),
        (table, prefixes) =>
        {
            var rule = new AccessRule("ingestor", "tracebloc", [.. prefixes.Select(each => each.Get)]);
            return new AccessPolicy([rule]).Allows(Ingestor, table.Get)
                == rule.TablePrefixes.Any(prefix => prefix == "*"
                    || (table.Get.Length >= prefix.Length && table.Get[..prefix.Length] == prefix));
        }).QuickCheckThrowOnFailure();

    private static AccessPolicy Read(string text)
    {
        var errors = new ConfigurationErrors("policy.yaml");
        var policy = AccessPolicyReader.Read(text, "tracebloc", errors);
        errors.ThrowIfAny();
        return policy ?? throw new InvalidOperationException(text);
    }
}
