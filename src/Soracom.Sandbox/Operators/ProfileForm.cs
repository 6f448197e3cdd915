using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Operators;

/// <summary>Who is behind an account: one of the two forms that the service knows.</summary>
/// <param name="Name">Its name in the state.</param>
/// <param name="Required">Fields that have to be there.</param>
/// <param name="Optional">Fields that may be there.</param>
internal sealed record ProfileForm(string Name, string[] Required, string[] Optional)
{
    private static readonly string[] Address = ["state", "city", "addressLine1", "addressLine2", "building"];

    public static ProfileForm Company { get; } = new(
        "company", ["companyName", "contactPersonName", "countryCode", "department", "phoneNumber", "zipCode"], [.. Address, "vatIdentificationNumber"]);

    public static ProfileForm Individual { get; } = new("individual", ["countryCode", "fullName", "phoneNumber", "zipCode"], Address);

    public Answer Get(Call call)
    {
        var fields = Account(call).Profiles.GetValueOrDefault(Name) ?? throw new VendorException(AccountErrors.NoProfile);
        return Answer.Ok(json => Write(json, fields));
    }

    public Answer Create(Call call) => Account(call).Profiles.ContainsKey(Name)
        ? throw new VendorException(AccountErrors.ProfileExists)
        : Put(call, new Answer(StatusCodes.Status201Created));

    public Answer Update(Call call) => Account(call).Profiles.ContainsKey(Name)
        ? Put(call, Answer.EmptyOk)
        : throw new VendorException(AccountErrors.NoProfile);

    private static AccountPart Account(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return call.Account.Part<AccountPart>();
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, string> fields)
    {
        json.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private Answer Put(Call call, Answer answer)
    {
        var body = call.Body.Object();
        var fields = Required.ToDictionary(name => name, name => body.RequiredText(name), StringComparer.Ordinal);
        foreach (var name in Optional)
        {
            if (body.Text(name) is { } value)
            {
                fields.Add(name, value);
            }
        }

        Account(call).Profiles[Name] = fields;
        return answer;
    }
}
