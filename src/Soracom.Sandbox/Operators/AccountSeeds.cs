namespace Soracom.Sandbox.Operators;

/// <summary>What the demo accounts say of themselves.</summary>
/// <param name="Company">Fields of the company form, but for the name.</param>
/// <param name="Coverages">Where the account is open, the one that pays first.</param>
/// <param name="Contracts">Options with the JSON text of their details.</param>
internal sealed record AccountSeeds(IReadOnlyDictionary<string, string> Company, IReadOnlyList<string> Coverages, params (string Name, string Detail)[] Contracts)
{
    private static readonly AccountSeeds Aoba = new(
        Form("運行管理課", "佐藤 健二", "JP", "143-0001", "東京都", "大田区", "東海1-2-3", "03-5550-0100"),
        ["jp", "g"], ("api_audit_log", ""), ("harvest", ContractForm.ExtendedHarvest), ("napter", ""));

    private static readonly AccountSeeds Nagisa = new(
        Form("設備監視部", "岡田 美咲", "JP", "220-0012", "神奈川県", "横浜市西区", "みなとみらい9-8-7", "045-555-0177"),
        ["jp"], ("harvest", ContractForm.ExtendedHarvest));

    private static readonly AccountSeeds Metro = new(
        Form("Operations", "Jana Becker", "DE", "10115", "Berlin", "Berlin", "Beispielstraße 12", "+49 30 5550 0144"),
        ["g"], ("api_audit_log", ""));

    private static readonly AccountSeeds Hansa = new(
        Form("Disposition", "Finn Petersen", "DE", "20457", "Hamburg", "Hamburg", "Musterkai 7", "+49 40 5550 0119"),
        ["g"]);

    public static AccountSeeds Of(string? fleet) => fleet switch
    {
        DemoFleets.Hansa => Hansa,
        DemoFleets.Metro => Metro,
        DemoFleets.Nagisa => Nagisa,
        _ => Aoba,
    };

    private static Dictionary<string, string> Form(
        string department, string contact, string country, string zip, string state, string city, string address, string phone) => new(StringComparer.Ordinal)
        {
            ["department"] = department,
            ["contactPersonName"] = contact,
            ["countryCode"] = country,
            ["zipCode"] = zip,
            ["state"] = state,
            ["city"] = city,
            ["addressLine1"] = address,
            ["phoneNumber"] = phone,
        };
}
