package atspi

import (
	"slices"
	"testing"
)

func TestNames(t *testing.T) {
	hits := map[Kind][]string{
		Password: {"Password", "user_password", "newPassword2", "Passwort wiederholen", "Mot de passe", "Contraseña", "Senha", "Wachtwoord", "passphrase"},
		Card: {
			"cc-number", "ccnumber", "cardNumber", "CARD NUMBER", "card_no", "txtCreditCard", "cc-csc", "CVC", "cvv2", "CVV/CVC", "security-code",
			"IBAN", "Kartennummer", "Prüfnummer", "pruefnummer", "Pru\u0308fnummer", "Sicherheitscode", "Kreditkarte",
			"Numéro de carte", "Cryptogramme visuel", "Número de tarjeta", "Código de seguridad",
			"Numero della carta", "Codice di sicurezza", "Número do cartão", "Código de segurança", "Kaartnummer", "beveiligingscode",
		},
		PIN: {"PIN", "pin1", "Enter your PIN:", "txtPin", "PIN-Code", "pincode", "TAN", "smsTAN", "mTAN", "Code secret", "Geheimzahl", "Código secreto", "Codice segreto"},
		Code: {
			"otp", "OTPCode", "one-time-code", "oneTimeCode", "One time password", "2fa", "Verification code", "SMS code", "Einmalcode", "Bestätigungscode",
			"Code à usage unique", "Code de vérification", "Código de verificación", "Codice di verifica", "Código de verificação", "Eenmalige code", "verificatiecode",
		},
	}
	for kind, all := range hits {
		for _, text := range all {
			if got, ok := named("", text); !ok || got != kind {
				t.Errorf("%q: secret %v, kind %d, want kind %d", text, ok, got, kind)
			}
		}
	}
}

func TestNamesOfHarmlessFields(t *testing.T) {
	for _, text := range []string{
		"", "shipping", "shipping-address", "spinning", "opinion", "accounting", "account", "Pinterest", "pineapple", "spin",
		"standard", "distance", "importance", "Tanzania", "titan", "hotpot", "laptop", "optional", "Cc", "cc", "Bcc", "access", "success",
		"postal code", "zip code", "Promo code", "country code", "Rabattcode", "code", "discount_code", "card", "cardholder name", "cc-name", "gift card message",
		"number", "phone number", "order number", "Hausnummer", "Kundennummer", "numero civico", "numéro de téléphone", "urban", "ibanez", "compass", "passenger",
		"bypass", "search", "Address and search bar", "username", "email", "Nachricht",
	} {
		if kind, ok := named(text); ok {
			t.Errorf("%q is said to be secret, kind %d", text, kind)
		}
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"txtCardNumber_2": {"txt", "card", "number", "2"},
		"OTPCode":         {"otp", "code"},
		"cvv2":            {"cvv", "2"},
		"Prüf-Nummer ":    {"pruf", "nummer"},
		"IBAN":            {"iban"},
	} {
		if got := words(text); !slices.Equal(got, want) {
			t.Errorf("words of %q: %q, want %q", text, got, want)
		}
	}
}
